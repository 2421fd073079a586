#!/usr/bin/env python3
"""with_ray.py OUT WARC...: a crawl to Parquet on all machines of a Ray cluster, a task a file."""
import sys

import ray

from offprint.engines.ray import Extract, read_documents, read_pages

if __name__ == "__main__":
    out, *warcs = sys.argv[1:]
    ray.init(logging_level="warning")
    # Archives straight to documents ...
    read_documents(warcs, favor="precision").write_parquet(f"{out}/documents")
    # ... or pages that stand in a column, of archives or of any dataset, with columns that go along.
    pages = read_pages(warcs)
    german = pages.map_batches(Extract(keep=["captured"], fields=["source", "title", "language", "text"]), batch_format="pyarrow")
    german.filter(expr="language == 'de'").write_parquet(f"{out}/german")
