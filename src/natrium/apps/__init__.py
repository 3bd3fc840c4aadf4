"""The apps: each keeps its rows and offers two doors, queries and operations."""
