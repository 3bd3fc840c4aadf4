"""Actions on the steps of a workflow."""
