from __future__ import annotations

import json

import pytest
from conftest import example

pytest.importorskip("nemo_curator")
from nemo_curator.stages.text.download.base.iterator import DocumentIterateExtractStage
from nemo_curator.stages.text.download.common_crawl.extract import CommonCrawlHTMLExtractor
from nemo_curator.stages.text.download.common_crawl.warc_iterator import CommonCrawlWarcIterator
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


# Curator's executors begin and end a Ray of their own: not the one that other tests are connected to, and not in this process. (Xenna
# takes whatever Ray runs on the machine, and wants one with a dashboard.)
@pytest.mark.parametrize("executor", ["ray_data", "ray_actor_pool"])
def test_pipeline(crawl, documents, tmp_path, monkeypatch, executor):
    monkeypatch.delenv("RAY_ADDRESS", raising=False)
    files = sorted(crawl.glob("*.warc.gz"))
    example("with_nemo_pipeline.py", executor, tmp_path / "out", *files)
    written = list((tmp_path / "out").iterdir())
    assert len(written) == len(files)
    rows = [json.loads(line) for path in written for line in path.read_text().splitlines()]
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
