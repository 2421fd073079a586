from __future__ import annotations

import shutil

import pytest
from conftest import example

pytest.importorskip("pyspark")
if shutil.which("java") is None:
    pytest.skip("Spark needs Java", allow_module_level=True)
from pyspark.sql import SparkSession

from offprint.engines.spark import extract, read_documents


@pytest.fixture(scope="module")
def spark():
    session = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    yield session
    session.stop()


def test_documents_of_archives(spark, crawl, documents):
    rows = read_documents(spark, sorted(crawl.glob("*.warc.gz"))).select("source", "text").collect()
    assert {row.source: row.text for row in rows} == {url: page.text for url, page in documents.items()}


def test_with_blocks(spark, crawl, documents):
    frame = read_documents(spark, [crawl / "1.warc.gz"], blocks=True, support=True)
    for row in frame.selectExpr("source", "size(blocks) as n", "blocks[0].role as role").collect():
        assert row.n == len(documents[row.source].blocks)


def test_pages_in_a_column(spark, crawl, documents):
    import offprint

    pages = [(c.source, c.charset, bytearray(c.bytes)) for c in offprint.captures(sorted(crawl.glob("*.warc.gz")))]
    frame = spark.createDataFrame(pages, "url string, charset string, html binary")
    rows = extract(frame, keep=["charset"]).select("source", "text", "charset").collect()
    assert {row.source: row.text for row in rows} == {url: page.text for url, page in documents.items()}
    assert {row.charset for row in rows} == {"utf-8"}


def test_example(crawl, documents, tmp_path):
    example("with_spark.py", tmp_path, *sorted(crawl.glob("*.warc.gz")))
    assert list((tmp_path / "articles").glob("*.parquet")) and list((tmp_path / "pages").glob("*.parquet"))
