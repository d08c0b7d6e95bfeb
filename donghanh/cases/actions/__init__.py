"""Verbs of cases, each one transaction with its journal entry."""
