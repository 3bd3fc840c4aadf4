"""The demo practice: a believable firm, its clients and a year of work, made through the same doors as real work."""
