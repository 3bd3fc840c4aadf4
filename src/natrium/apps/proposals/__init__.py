"""Offers of services to clients, their acceptance, and what comes of it."""
