"""How the tables of `workflows` came to be."""
