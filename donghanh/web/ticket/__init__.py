"""A citizen's own page of a ticket, by an address that cannot be guessed.

What never enters: a name, an identity number, a login.
"""
