"""Spark: documents of archives, or of a DataFrame that has pages in a column, by mapInArrow. Needs pyspark and pyarrow.

    extract(spark.read.parquet("pages/"), keep=["id"]).write.parquet("out/")
    read_documents(spark, ["a.warc.gz", "b.warc.gz"]).write.parquet("out/")
"""
from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from .arrow import Extract, Read


def _rows(work: Callable[[Any], Any]) -> Callable[[Iterator[Any]], Iterator[Any]]:
    def run(batches: Iterator[Any]) -> Iterator[Any]:
        for batch in batches:
            made = work(batch)
            for table in [made] if hasattr(made, "to_batches") else made:
                yield from table.to_batches()

    return run


def _spark_schema(schema: Any) -> Any:
    from pyspark.sql.pandas.types import from_arrow_schema

    return from_arrow_schema(schema)


def extract(pages: Any, **options: Any) -> Any:
    """The DataFrame of documents of a DataFrame of pages, a row a page. options: see offprint.engines.arrow.Extract."""
    from pyspark.sql.pandas.types import to_arrow_schema

    work = Extract(**options)
    return pages.mapInArrow(_rows(work), _spark_schema(work.schema(to_arrow_schema(pages.schema))))


def read_documents(spark: Any, paths: Iterable[Any], **options: Any) -> Any:
    """The DataFrame of documents of archives, a task a file; every executor must see the paths. options: see offprint.to_arrow()."""
    items = [(os.path.abspath(path),) for path in paths]  # executors stand in folders of their own
    work = Read(**options)
    files = spark.createDataFrame(items, "path string").repartition(max(1, len(items)), "path")
    return files.mapInArrow(_rows(work), _spark_schema(work.schema()))
