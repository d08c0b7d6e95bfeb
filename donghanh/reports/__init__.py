"""Figures and documents: read from tickets, periods, cases and the journal, never stored here.

What never enters: tables, writes, invented values: what is unknown is counted as unknown.
"""
