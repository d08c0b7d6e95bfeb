"""Decisions of the practice portal: who is invented, what a form takes, how a dossier goes on, what passes."""
