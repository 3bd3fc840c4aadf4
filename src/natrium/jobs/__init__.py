"""Background jobs: each a small, idempotent call of one operation."""
