"""Pages of people: who is in the practice, letting somebody in, changing them, handing their work over."""
