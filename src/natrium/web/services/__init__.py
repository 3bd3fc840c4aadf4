"""Pages of services: what the practice sells, and the work that recurs for those who take it."""
