"""Signing in by a one-time address."""
