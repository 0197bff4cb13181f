"""trafilatura over FastWARC, a process an archive: ``python trafilatura_warc.py OUTPUT WARC…``."""

import json
import sys
from multiprocessing import Pool
from pathlib import Path

import trafilatura
from fastwarc.warc import ArchiveIterator, WarcRecordType


def read(place):
    output = Path(sys.argv[1], Path(place).name + ".jsonl")
    with Path(place).open("rb") as stream, output.open("w") as lines:
        for record in ArchiveIterator(stream, record_types=WarcRecordType.response):
            url = record.headers["WARC-Target-URI"]
            document = trafilatura.bare_extraction(record.reader.read(), url=url, with_metadata=True)
            if document:
                lines.write(json.dumps(document.as_dict(), default=str) + "\n")


if __name__ == "__main__":
    with Pool(len(sys.argv) - 2) as pool:
        pool.map(read, sys.argv[2:])
        pool.close()
        pool.join()
