"""The health of all sites, for people and for machines: a page, a table for the terminal, JSON, Prometheus' text."""
