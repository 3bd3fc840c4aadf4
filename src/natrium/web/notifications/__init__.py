"""What a member was told, and what they want to be told."""
