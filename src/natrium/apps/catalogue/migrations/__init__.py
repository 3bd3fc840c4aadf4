"""How the tables of `tasks` came to be."""
