"""What can be asked about places. Reads only; nothing here changes a row."""
