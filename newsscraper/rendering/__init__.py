"""Pages that exist only in a browser: one is asked for them, and all that it asks for itself goes through the crawl."""
