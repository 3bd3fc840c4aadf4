"""What `natrium template` can do: one module for each verb, with `SUMMARY`, `add_arguments` and `run`."""
