"""Making one job different: pages that add, change, move and remove the steps and groups of one workflow."""
