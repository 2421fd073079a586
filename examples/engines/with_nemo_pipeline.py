#!/usr/bin/env python3
"""with_nemo_pipeline.py EXECUTOR OUT WARC...: a whole pipeline of Curator, a task a file, on ray_data, ray_actor_pool or xenna; JSON Lines in the folder OUT."""
import importlib
import sys

from nemo_curator.pipeline import Pipeline
from nemo_curator.stages.text.download.base.iterator import DocumentIterateExtractStage
from nemo_curator.stages.text.download.common_crawl.warc_iterator import CommonCrawlWarcIterator
from nemo_curator.stages.text.io.writer import JsonlWriter
from nemo_curator.tasks import FileGroupTask

from offprint.engines.nemo import OffprintExtractor

EXECUTORS = {"ray_data": "RayDataExecutor", "ray_actor_pool": "RayActorPoolExecutor", "xenna": "XennaExecutor"}

if __name__ == "__main__":
    name, out, *warcs = sys.argv[1:]
    executor = getattr(importlib.import_module(f"nemo_curator.backends.{name}"), EXECUTORS[name])
    stages = [DocumentIterateExtractStage(iterator=CommonCrawlWarcIterator(), extractor=OffprintExtractor()), JsonlWriter(out)]
    config = {"execution_mode": "batch"} if name == "xenna" else None  # it streams where there are more cores than stages
    Pipeline(name="offprint", stages=stages).run(executor(config), initial_tasks=[FileGroupTask(dataset_name="crawl", data=[warc]) for warc in warcs])
