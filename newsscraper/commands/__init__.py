"""Scrapy's commands in this project."""

import sys

if "scrapy.cmdline" in sys.modules:  # a command is run: this package is loaded for the list of commands
    from newsscraper.commandline.parsing import install

    install()
