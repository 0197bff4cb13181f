"""Many sites in one process, or in as many as a Ray cluster has processors: when each is due, and its runs."""
