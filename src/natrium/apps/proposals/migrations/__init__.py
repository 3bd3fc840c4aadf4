"""Rows of proposals."""
