"""Papers of a case: filled declaration forms, and the record of help that the citizen takes home.

What never enters: writing, and a name on a page that opens without a sign-in.
"""
