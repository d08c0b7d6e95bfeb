"""Verbs of the queue, each one transaction with its journal entry."""
