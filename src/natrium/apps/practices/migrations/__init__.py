"""How the tables of `practices` came to be."""
