"""How the tables of `files` came to be."""
