"""Files on tasks: added, downloaded, removed and brought back."""
