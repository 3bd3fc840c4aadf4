"""Pages of proposals: the practice’s own, and the one that a client sees."""
