"""Clients from a spreadsheet: reading the file, finding its columns, and what each row says."""
