"""Finding and doing anything: the page of it, and the palette upon every page."""
