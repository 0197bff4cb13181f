"""news-please over archives, as its reader of Common Crawl does it: ``python news_please_warc.py OUTPUT WARC…``."""

import json
import sys
from multiprocessing import Pool
from pathlib import Path

from newsplease import EmptyResponseError, NewsPlease
from warcio.archiveiterator import ArchiveIterator


def read(place):
    output = Path(sys.argv[1], Path(place).name + ".jsonl")
    with Path(place).open("rb") as stream, output.open("w") as lines:
        for record in ArchiveIterator(stream):
            if record.rec_type != "response":
                continue
            try:
                article = NewsPlease.from_warc(record, fetch_images=False)
            except (UnicodeDecodeError, EmptyResponseError):
                continue
            except Exception as error:  # it logs them, and goes on
                print(type(error).__name__, error, file=sys.stderr)
                continue
            lines.write(json.dumps(article.get_serializable_dict()) + "\n")


if __name__ == "__main__":
    with Pool(len(sys.argv) - 2) as pool:
        pool.map(read, sys.argv[2:])
        pool.close()
        pool.join()
