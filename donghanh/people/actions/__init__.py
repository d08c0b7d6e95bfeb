"""Verbs of people: keep a record, take consent, merge and part, erase, close numbers anew."""
