from __future__ import annotations

import pytest
from conftest import example

ray = pytest.importorskip("ray")
pa = pytest.importorskip("pyarrow")

import offprint
from offprint.engines.ray import Extract, read_documents, read_pages

pytestmark = pytest.mark.usefixtures("cluster")


def test_documents_of_archives(crawl, documents):
    rows = read_documents(sorted(crawl.glob("*.warc.gz"))).take_all()
    assert {row["source"]: row["text"] for row in rows} == {url: page.text for url, page in documents.items()}


def test_pages_in_a_column(crawl, documents):
    pages = read_pages(sorted(crawl.glob("*.warc.gz")))
    rows = pages.map_batches(Extract(keep=["captured", "offset"]), batch_format="pyarrow").take_all()
    assert {row["source"]: (row["text"], row["offset"]) for row in rows} == {url: (page.text, page.offset) for url, page in documents.items()}
    assert {row["captured"] for row in rows} == {"2024-01-02T03:04:05Z"}


def test_columns_are_chosen():
    html = "<article><h1>T</h1><p>Some words here.</p></article>"
    made = Extract(fields=["title", "text"], keep=["id"])(pa.table({"html": [html], "id": [7]}))
    text = offprint.parse(html).text
    assert "Some words here." in text
    assert made.column_names == ["id", "title", "text"] and made.to_pylist() == [{"id": 7, "title": "T", "text": text}]


def test_example(crawl, documents, tmp_path):
    example("with_ray.py", tmp_path, *sorted(crawl.glob("*.warc.gz")))
    import pyarrow.dataset

    assert pyarrow.dataset.dataset(tmp_path / "documents").count_rows() == len(documents)
