"""Pieces of work: tasks with their dates, owner, hold, status and counters."""
