"""Pages of a task: to read it, to make one, to change it."""
