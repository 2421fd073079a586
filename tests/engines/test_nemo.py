from __future__ import annotations

import json

import pytest
from conftest import example

pytest.importorskip("nemo_curator")
from nemo_curator.pipeline import Pipeline
from nemo_curator.stages.text.download.base.iterator import DocumentIterateExtractStage
from nemo_curator.stages.text.download.common_crawl.extract import CommonCrawlHTMLExtractor
from nemo_curator.stages.text.download.common_crawl.warc_iterator import CommonCrawlWarcIterator
from nemo_curator.stages.text.io.writer import JsonlWriter
from nemo_curator.tasks import FileGroupTask

from offprint.engines.nemo import OffprintAlgorithm, OffprintExtractor


def run(crawl, extractor):
    stage = DocumentIterateExtractStage(iterator=CommonCrawlWarcIterator(), extractor=extractor)
    task = FileGroupTask(dataset_name="crawl", data=[str(path) for path in sorted(crawl.glob("*.warc.gz"))])
    return stage.process(task).data.to_dict("records")


def test_extractor(crawl, documents):
    rows = run(crawl, OffprintExtractor(timeout=60))
    assert {row["url"] for row in rows} == {url for url, page in documents.items() if page.text}
    for row in rows:
        assert set(OffprintExtractor().output_columns()) <= set(row)
        assert row["text"] and (row["title"] or None) == documents[row["url"]].title


def test_algorithm(crawl, documents):
    rows = run(crawl, CommonCrawlHTMLExtractor(algorithm=OffprintAlgorithm(timeout=60)))
    assert len(rows) > 0.6 * len([page for page in documents.values() if page.text])  # Curator leaves out languages without a list of stop words
    same = [row for row in rows if row["text"] == documents[row["url"]].text]
    assert len(same) > 0.8 * len(rows)


# Curator's own executors run the whole pipeline, each in processes of its own.
@pytest.mark.parametrize("executor", ["ray_data.RayDataExecutor", "ray_actor_pool.RayActorPoolExecutor", "xenna.XennaExecutor"])
def test_pipeline(crawl, documents, tmp_path, executor):
    module, name = executor.split(".")
    backend = pytest.importorskip(f"nemo_curator.backends.{module}", exc_type=ImportError)
    config = {"execution_mode": "batch"} if module == "xenna" else None
    stages = [DocumentIterateExtractStage(iterator=CommonCrawlWarcIterator(), extractor=OffprintExtractor()), JsonlWriter(str(tmp_path / "out"))]
    files = sorted(crawl.glob("*.warc.gz"))
    tasks = [FileGroupTask(dataset_name="crawl", data=[str(path)]) for path in files]
    written = Pipeline(name="offprint", stages=stages).run(getattr(backend, name)(config), initial_tasks=tasks)
    assert len(written) == len(files)
    rows = [json.loads(line) for path in (tmp_path / "out").iterdir() for line in path.read_text().splitlines()]
    assert {row["url"] for row in rows} == {url for url, page in documents.items() if page.text}
    assert all(row["text"] == documents[row["url"]].text for row in rows)


def test_stop_words():
    page = "<article><h1>Tides</h1><p>The water is high at seven and it is low at one in the day.</p><p>Harbour pier Monday Tuesday Wednesday.</p></article>"
    words = frozenset({"the", "is", "at", "and", "it", "in", "The"})
    assert len(OffprintAlgorithm(favor="recall").extract_text(page, words, "ENGLISH")) > len(
        OffprintAlgorithm(favor="recall", required_stopword_density=0.3).extract_text(page, words, "ENGLISH"))
    assert OffprintAlgorithm().extract_text("", words, "ENGLISH") is None


def test_example(crawl, documents, tmp_path):
    example("with_nemo_curator.py", tmp_path / "out.jsonl", *sorted(crawl.glob("*.warc.gz")))
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert len(rows) == len([page for page in documents.values() if page.text])
