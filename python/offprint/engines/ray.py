"""Ray Data: documents of archives, or of a dataset that has pages in a column. Needs ray[data].

    ray.data.read_parquet("pages/").map_batches(offprint.engines.ray.Extract(keep=["id"]), batch_format="pyarrow")
    offprint.engines.ray.read_documents(["a.warc.gz", "b.warc.gz"]).write_parquet("out/")
"""
from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

import ray.data

from .arrow import Extract, Read, pages

__all__ = ["Extract", "read_documents", "read_pages"]


def _paths(paths: Iterable[Any]) -> Any:
    items = [{"path": os.path.abspath(path)} for path in paths]  # workers stand in folders of their own
    return ray.data.from_items(items, override_num_blocks=max(1, len(items)))


class _Pages:
    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options

    def __call__(self, batch: Any) -> Any:
        import pyarrow as pa

        for path in batch.column("path").to_pylist():
            for part in pages(path, **self.options):
                yield pa.Table.from_batches([part])


def read_pages(paths: Iterable[Any], **options: Any) -> Any:
    """A dataset of the pages of archives, columns as offprint.engines.arrow.PAGES; a task a file. options: see offprint.captures()."""
    return _paths(paths).map_batches(_Pages(options).__call__, batch_size=1, batch_format="pyarrow")


def read_documents(paths: Iterable[Any], **options: Any) -> Any:
    """A dataset of the documents of archives; a task a file. options: see offprint.to_arrow(); threads is 1; blocks, support and product are
    off."""
    return _paths(paths).map_batches(Read(**options).__call__, batch_size=1, batch_format="pyarrow")
