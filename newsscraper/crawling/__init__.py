"""One crawl of one site: what it may do, where it looks, what it fetches, and how pages become articles."""
