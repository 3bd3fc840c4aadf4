"""The record: events in hash chains, their timeline and their verification."""
