"""Text → moment, with precision and provenance."""
