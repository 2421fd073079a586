"""Arrow batches of pages to Arrow tables of documents: what Ray Data and Spark call for every batch. Needs pyarrow."""
from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa

from ..api import captures, extract_arrow, to_arrow

PAGES = pa.schema([
    ("html", pa.binary()), ("url", pa.string()), ("charset", pa.string()), ("source", pa.string()), ("file", pa.string()), ("offset", pa.int64()),
    ("captured", pa.string()), ("content_type", pa.string()), ("http_status", pa.int64()),
])
"""The columns of pages(): bytes without transfer and content codings, and what the archive says of them."""


class Extract:
    """Called with a batch of pages, gives back the table of their documents, a row a page in the same order. May be pickled.

    Args:
        html: the name of the column of pages, of bytes or strings.
        url, charset: of the columns of addresses and of Content-Type charsets; where the batch has none so called, there are none.
        keep: further columns of the batch that go along. Where a document has a column of that name, the batch's takes its place.
        fields: of the documents' columns only these.
        options: see offprint.extract_arrow(): favor, limits, formats, threads (here 1: engines run a task a core), blocks, support and product (here
            off).
    """

    def __init__(self, html: str = "html", url: str | None = "url", charset: str | None = "charset", keep: Iterable[str] = (),
                 fields: Iterable[str] | None = None, **options: Any) -> None:
        self.html, self.url, self.charset, self.keep = html, url, charset, tuple(keep)
        self.fields = None if fields is None else tuple(fields)
        self.options = {"threads": 1, "blocks": False, "support": False, "product": False, **options}

    def __call__(self, batch: Any) -> Any:
        names = batch.schema.names
        pages = batch.column(self.html)
        url = batch.column(self.url) if self.url in names else None
        charset: Any = batch.column(self.charset) if self.charset in names else None
        if not any(is_bytes(pages.type) for is_bytes in (pa.types.is_binary, pa.types.is_large_binary, pa.types.is_binary_view)):
            charset = "utf-8"  # strings: whatever the page says of its encoding, it has been decoded
        table = pa.table(extract_arrow(pages, url=url, source=url, charset=charset, **self.options))
        if self.fields is not None:
            table = table.select(self.fields)
        for name in reversed(self.keep):
            if name in table.column_names:
                table = table.drop_columns([name])
            table = table.add_column(0, batch.schema.field(name), batch.column(name))
        return table

    def schema(self, of: Any) -> Any:
        """The schema of the tables for batches of the schema ``of``."""
        return self(pa.table({name: pa.array([], of.field(name).type) for name in of.names}, schema=of)).schema


def pages(paths: Any, *, rows: int = 128, **options: Any) -> Iterator[Any]:
    """The pages of archives, folders and files as record batches of PAGES, before anything is extracted. options: see offprint.captures()."""
    found: list[Any] = []
    for capture in captures(paths, **options):
        if capture.error is None:
            found.append((capture.bytes, capture.url, capture.charset, capture.source, capture.file, capture.offset, capture.captured,
                          capture.content_type, capture.http_status))
        if len(found) == rows:
            yield _batch(found)
            found = []
    if found:
        yield _batch(found)


def _batch(rows: list[Any]) -> Any:
    return pa.record_batch([pa.array(column, field.type) for column, field in zip(zip(*rows), PAGES)], schema=PAGES)


class Read:
    """Called with a batch that has a column ``path``, yields the documents of those archives, a table a batch. May be pickled."""

    def __init__(self, **options: Any) -> None:
        self.options = {"threads": 1, "blocks": False, "support": False, "product": False, **options}

    def __call__(self, batch: Any) -> Iterator[Any]:
        for path in batch.column("path").to_pylist():
            for part in pa.RecordBatchReader.from_stream(to_arrow(path, **self.options)):
                yield pa.Table.from_batches([part])

    def schema(self) -> Any:
        return pa.RecordBatchReader.from_stream(to_arrow([os.devnull], **self.options)).schema
