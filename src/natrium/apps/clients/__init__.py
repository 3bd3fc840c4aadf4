"""Who the work is for: clients, their dated facts and their contacts."""
