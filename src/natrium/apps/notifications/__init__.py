"""Telling people what others did: read off the record, kept until it is read, and once a day by mail."""
