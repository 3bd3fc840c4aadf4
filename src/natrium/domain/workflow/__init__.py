"""Templates and workflows: what they are, what may happen to them."""
