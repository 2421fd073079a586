#!/usr/bin/env python3
"""with_datatrove.py FOLDER_OF_WARCS OUT: articles of a crawl as JSON Lines, with their titles, dates and languages."""
import sys

from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.filters import LambdaFilter
from datatrove.pipeline.writers import JsonlWriter

from offprint.engines.datatrove import CaptureReader, Extract

if __name__ == "__main__":
    folder, out = sys.argv[1:]
    LocalPipelineExecutor(
        pipeline=[
            CaptureReader(folder, glob_pattern="*.warc.gz"),
            LambdaFilter(lambda page: page.metadata.get("http_status") == 200),
            Extract(timeout=1, format="markdown"),
            JsonlWriter(out, compression=None),
        ],
        tasks=2, workers=2, logging_dir=f"{out}/logs",
    ).run()
