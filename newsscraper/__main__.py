"""``newsscraper …`` and ``python -m newsscraper …``: what ``scrapy …`` does in the checkout, in any folder."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_SETTINGS = "newsscraper.settings"


def main() -> None:
    """Run a command of the project; ``sys.argv`` says which."""
    os.environ["SCRAPY_SETTINGS_MODULE"] = _SETTINGS  # also for commands that run others
    try:
        from scrapy.cmdline import execute
        from scrapy.utils.project import get_project_settings
    except ImportError as error:
        sys.exit(
            f"newsscraper: a library is missing ({error}); install it anew: pip install --force-reinstall newsscraper"
        )

    settings = get_project_settings()
    checkout = Path(__file__).resolve().parents[1]
    if not Path.cwd().resolve().is_relative_to(checkout):
        settings.set("NEWSPIDER_MODULE", "", priority="project")  # a new spider goes into the folder that we are in
    if "" not in sys.path and str(Path.cwd()) not in sys.path:
        sys.path.insert(0, str(Path.cwd()))  # settings and spiders of one's own, by their import paths
    sys.argv[0] = "newsscraper"
    execute(settings=settings)


if __name__ == "__main__":
    main()
