"""What a browser may fail at."""


class NotRendered(Exception):
    """A page that could not be rendered; the message says why."""
