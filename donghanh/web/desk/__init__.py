"""The desk: one screen on which a member calls, helps and finishes.

What never enters: decisions (they are the rooms'), a dialog in the usual path, a field for a
password, a one-time code or the picture of a card.
"""
