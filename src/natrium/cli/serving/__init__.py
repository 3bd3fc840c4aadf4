"""What `natrium serve` is made of: preparing, supervising, and the web process itself."""
