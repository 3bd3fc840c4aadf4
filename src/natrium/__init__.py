"""Natrium: workflow software that accountancy practices run."""
