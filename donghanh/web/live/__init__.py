"""The live stream: entries of the journal as server-sent events, from one pure-async handler.

What never enters: a page, a decision, an ORM call on the event loop.
"""
