"""Files on tasks and steps: kept under names of their own outside of anything that is served, with their record."""
