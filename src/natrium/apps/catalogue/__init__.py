"""What a practice sells, which client takes what, and the work that comes of it period by period."""
