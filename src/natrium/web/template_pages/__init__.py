"""Templates to read and to attach."""
