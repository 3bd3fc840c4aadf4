"""Offers of services to clients: what they say, what may happen to them, what they come to in money."""
