"""What every room stands on: refusals, ids, text keys, encryption, the journal and the outbox.

Nothing here knows a ward, a ticket or a person. What never enters: words of the domain,
rules of a subject, anything that only one room needs.
"""
