#!/usr/bin/env python3
"""with_nemo_curator.py OUT.jsonl WARC...: the step of Curator's Common Crawl pipeline that reads and extracts, with offprint in it."""
import sys

from nemo_curator.stages.text.download.base.iterator import DocumentIterateExtractStage
from nemo_curator.stages.text.download.common_crawl.warc_iterator import CommonCrawlWarcIterator
from nemo_curator.tasks import FileGroupTask

from offprint.engines.nemo import OffprintExtractor

if __name__ == "__main__":
    out, *warcs = sys.argv[1:]
    # Or extractor=CommonCrawlHTMLExtractor(algorithm=OffprintAlgorithm()), with Curator's language detection before it.
    stage = DocumentIterateExtractStage(iterator=CommonCrawlWarcIterator(), extractor=OffprintExtractor(format="markdown"))
    batch = stage.process(FileGroupTask(dataset_name="crawl", data=warcs))
    batch.data.to_json(out, orient="records", lines=True, force_ascii=False)
