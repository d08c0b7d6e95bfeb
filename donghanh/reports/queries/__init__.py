"""Reads of reports: one layer over tickets, periods and cases, and an independent one over the journal."""
