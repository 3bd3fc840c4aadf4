"""Statements for hot paths, ids in blocks, bulk inserts and triggers, alike on SQLite and PostgreSQL. No models."""
