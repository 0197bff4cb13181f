"""A fleet on a Ray cluster: an actor a processor, and a driver that says which site is whose."""
