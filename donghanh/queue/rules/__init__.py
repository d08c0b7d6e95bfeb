"""Decisions of the queue: which move is lawful, who is next, how long it will take."""
