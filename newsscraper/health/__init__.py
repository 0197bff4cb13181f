"""Is the crawl well? What a run was like, judged against the site's own past; a report and metrics over all sites.

Works on delivered records and on the files in ``runs/``. It knows nothing of a crawl.
"""
