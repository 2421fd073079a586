from __future__ import annotations

import json

import pytest
from conftest import example

pytest.importorskip("datatrove")
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.extractors.base import ExtractorSandbox
from datatrove.pipeline.readers import WarcReader
from datatrove.pipeline.writers import JsonlWriter

from offprint.engines.datatrove import ArticleReader, CaptureReader, Extract, Offprint


def run(out, *steps):
    LocalPipelineExecutor(pipeline=[*steps, JsonlWriter(str(out), compression=None)], tasks=1, logging_dir=str(out / "logs"), skip_completed=False).run()
    return [json.loads(line) for file in sorted(out.glob("*.jsonl")) for line in file.read_text().splitlines()]


def test_in_the_place_of_trafilatura(crawl, documents, tmp_path):
    rows = run(tmp_path, WarcReader(str(crawl), glob_pattern="*.warc.gz"), Offprint())
    assert len(rows) > 0.8 * len([page for page in documents.values() if page.text])
    same = [row for row in rows if row["text"] == documents[row["metadata"]["url"]].text]
    assert len(same) > 0.8 * len(rows)  # the str that it gets lost the encoding of some, and has no address


def test_it_starts_within_its_timeout():
    with ExtractorSandbox(timeout=1, warmup_text="") as sandbox:
        assert "Some words here." in sandbox.process_document("<article><h1>T</h1><p>Some words here.</p></article>", Offprint(timeout=1).extract)


def test_a_page_that_takes_long_is_cut_and_kills_nothing():
    import time

    begin = time.thread_time()
    Offprint(timeout=0.05).extract("<p>word <b>" * 2_000_000)
    assert time.thread_time() - begin < 2


@pytest.mark.parametrize("steps", [lambda f: [CaptureReader(f, glob_pattern="*.warc.gz"), Extract(timeout=60)],
                                   lambda f: [ArticleReader(f, glob_pattern="*.warc.gz", timeout=60)]], ids=["stage", "reader"])
def test_bytes_and_metadata_are_kept(crawl, documents, tmp_path, steps):
    rows = run(tmp_path, *steps(str(crawl)))
    by_url = {row["metadata"]["url"]: row for row in rows}
    assert set(by_url) == {url for url, page in documents.items() if page.text}
    for url, row in by_url.items():
        page = documents[url]
        assert row["text"] == page.text and row["metadata"].get("title") == page.title
        assert row["metadata"]["date"] == "2024-01-02T03:04:05Z" and row["metadata"]["http_status"] == 200
        assert row["metadata"]["file_path"].endswith(".warc.gz") and row["metadata"]["offset"] == page.offset


def test_captures_hold_the_bytes(crawl):
    import offprint

    found = list(CaptureReader(str(crawl), glob_pattern="1.warc.gz").run())
    expected = [capture.bytes for capture in offprint.captures(crawl / "1.warc.gz")]
    assert [document.media[0].media_bytes for document in found] == expected and len(expected) > 2


def test_example(crawl, documents, tmp_path):
    example("with_datatrove.py", crawl, tmp_path)
    rows = [json.loads(line) for file in tmp_path.glob("*.jsonl") for line in file.read_text().splitlines()]
    assert len(rows) == len([page for page in documents.values() if page.text])
