"""Suggested workflows: from a name and a description to groups and steps, with nothing but the library at hand."""
