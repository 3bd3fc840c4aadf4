"""How the tables of `clients` came to be."""
