"""Verbs of the teams: members, badges, devices, shifts."""
