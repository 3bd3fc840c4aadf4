"""Which periods recurring work has, and the dates of each, reckoned from an anchor; the same for preview and making."""
