"""Verbs of places, each one transaction with its journal entry."""
