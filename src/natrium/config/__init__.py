"""Wiring: settings, addresses, system checks. May import every room; no room imports it."""
