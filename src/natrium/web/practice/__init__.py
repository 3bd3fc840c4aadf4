"""The practice overview: matrix, stages and lists of all tasks, and what is done to many of them."""
