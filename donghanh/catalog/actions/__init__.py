"""Verbs of the catalogue: read a pack, publish an edition."""
