"""Each module measures one thing in a process of its own and prints its figures as JSON."""
