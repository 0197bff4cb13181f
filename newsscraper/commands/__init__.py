"""Scrapy's commands in this project."""

import atexit
import gc

# What Scrapy has loaded by now stays to the end. Nobody need look through it for garbage: not while the rest is loaded,
# and least of all at the end, when the process gives all of it back at once.
gc.freeze()
atexit.register(gc.freeze)
