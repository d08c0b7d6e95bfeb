"""What can be done here, and how: procedures, services, and the editions of what they say.

A procedure is read from a pack, checked, and published as an edition that never changes; the
texts are data in three languages, every fact carries its source, date and confidence.

What never enters: people, tickets and cases; facts about Vietnam written into code; a field or
text that asks for a password, a one-time code or a picture of a card.
"""
