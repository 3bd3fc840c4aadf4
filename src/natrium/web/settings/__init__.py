"""Pages of settings: the practice's own, and the tokens of one's programs."""
