"""Templates with their published versions, and the workflows that run from them."""
