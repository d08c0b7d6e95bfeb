"""A report as tables, and from the same tables as workbook, PDF and CSV."""
