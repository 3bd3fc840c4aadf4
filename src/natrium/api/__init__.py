"""The API: one router a noun, over the same doors as the pages."""
