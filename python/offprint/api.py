"""The functions of offprint's own interface."""
from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import Any, Literal, Union

from . import _native
from ._native import Capture, Document, Table

Page = Union[bytes, bytearray, memoryview, str]
Paths = Union[str, bytes, "os.PathLike[Any]", Iterable[Union[str, bytes, "os.PathLike[Any]"]]]
Input = Literal["detect", "html", "text"]
Favor = Literal["balance", "precision", "recall"]
Format = Literal["markdown", "html", "xml", "tei", "json"]

_ANY_PAGE = 64 << 20


def _options(favor: str, reasons: bool, limits: dict[str, int] | None) -> _native.Options:
    given = limits or {}
    known = {"bytes", "nodes", "depth", "output", "ms"}
    if wrong := set(given) - known:
        raise TypeError(f"no limit is called {sorted(wrong)[0]!r}: {', '.join(sorted(known))}")
    return _native.Options(favor=favor, reasons=reasons, **{f"max_{name}": value for name, value in given.items()})


def parse(
    html: Page,
    url: str | None = None,
    *,
    charset: str | None = None,
    source: str | None = None,
    input: Input = "detect",
    favor: Favor = "balance",
    reasons: bool = False,
    limits: dict[str, int] | None = None,
) -> Document:
    """The document of one page.

    Args:
        html: the page as it was captured. Bytes are best: their encoding is found as browsers find it. Of a ``str`` the page's own
            declaration of an encoding is not heeded. Flattened text is recognised.
        url: the page's address; links are resolved against it.
        charset: of the Content-Type header, where there was one.
        source: a name for the page, given back as ``Document.source``.
        input: "html" or "text" where it shall not be detected.
        favor: "precision" leaves out when in doubt, "recall" takes in.
        reasons: fill ``Block.reason``; costs time.
        limits: what the page may cost, of: ``bytes`` (64 MiB), ``nodes`` (4,000,000), ``depth`` (512 open elements), ``output`` (256 MiB of text),
            ``ms`` (milliseconds; 0 = no limit). Where one runs out, ``status`` is "partial" and ``budget`` names it.

    Returns:
        A document. Its attributes are made when they are asked for. Pages never raise: one without content has ``status`` "empty".
    """
    return _native.parse(html, url, charset, source, input, _options(favor, reasons, limits))


def _inputs(paths: Paths) -> list[bytes]:
    if isinstance(paths, (str, bytes, os.PathLike)):
        paths = [paths]
    return [os.fsencode(path) for path in paths]


def _crawl(
    paths: Paths,
    threads: int,
    favor: str,
    reasons: bool,
    limits: dict[str, int] | None,
    input: str,
    url: str | None,
    columns: dict[str, str] | None,
    max_record_bytes: int,
    shard: tuple[int, int],
) -> _native.CrawlOptions:
    names = columns or {}
    if wrong := set(names) - {"html", "text", "url", "date", "id"}:
        raise TypeError(f"no column {sorted(wrong)[0]!r} can be named: html, text, url, date, id")
    return _native.CrawlOptions(
        inputs=_inputs(paths), extract=_options(favor, reasons, limits), threads=threads, input=input, url=url or "",
        max_record_bytes=max_record_bytes, shard=shard[0] - 1, shards=shard[1], **{f"column_{k}": v for k, v in names.items()})


def documents(
    paths: Paths,
    *,
    threads: int = 0,
    favor: Favor = "balance",
    reasons: bool = False,
    limits: dict[str, int] | None = None,
    input: Input = "detect",
    url: str | None = None,
    columns: dict[str, str] | None = None,
    max_record_bytes: int = 128 << 20,
    shard: tuple[int, int] = (1, 1),
) -> Iterator[Document]:
    """The documents of files, folders, globs, WARC, WACZ and JSON Lines, in order. Threads read ahead; memory stays flat.

    Args:
        paths: one, or several. "-" is standard input.
        threads: that extract; 0 = one a core. The documents do not depend on it.
        favor, reasons, limits: see parse().
        input: "text" where all pages are flattened text.
        url: the address of pages that have none of their own.
        columns: of JSON Lines and Parquet, which members to read: {"html": …, "text": …, "url": …, "date": …, "id": …}.
        max_record_bytes: larger records of an archive are passed over, and counted.
        shard: (k, n): of n runs over the same paths the k-th, from 1.

    Returns:
        An iterator. It has ``losses``, a list of (file, offset, bytes passed over, what was wrong) of damage met so far, and ``counts``, a dict
        of what was read. What cannot be read at all comes as a document with ``status`` "failed" and an ``error``.
    """
    return _native.documents(
        _crawl(paths, threads, favor, reasons, limits, input, url, columns, max_record_bytes, shard))


def captures(
    paths: Paths,
    *,
    threads: int = 0,
    input: Input = "detect",
    url: str | None = None,
    columns: dict[str, str] | None = None,
    max_record_bytes: int = 128 << 20,
    shard: tuple[int, int] = (1, 1),
) -> Iterator[Capture]:
    """The pages of a crawl before anything is extracted: bytes without transfer and content codings, address, headers. As documents()."""
    return _native.captures(_crawl(paths, threads, "balance", False, None, input, url, columns, max_record_bytes, shard))


def _arrow(blocks: bool, support: bool, product: bool, formats: Iterable[str], links: bool, images: bool) -> _native.ArrowOptions:
    return _native.ArrowOptions(blocks=blocks, support=support, product=product, formats=list(formats), links=links, images=images)


def to_arrow(
    pages: Paths | Iterable[Document],
    *,
    blocks: bool = True,
    support: bool = True,
    product: bool = True,
    hashes: bool = False,
    formats: Iterable[Format] = (),
    links: bool = True,
    images: bool = True,
    batch_rows: int = 256,
    threads: int = 0,
    favor: Favor = "balance",
    reasons: bool = False,
    limits: dict[str, int] | None = None,
    input: Input = "detect",
    url: str | None = None,
    columns: dict[str, str] | None = None,
    max_record_bytes: int = 128 << 20,
    shard: tuple[int, int] = (1, 1),
) -> Table:
    """Documents as an Arrow table, without a copy: ``pyarrow.table(…)``, ``polars.DataFrame(…)``, ``duckdb.from_arrow(…)``.

    Args:
        pages: paths, as for documents(): the crawl is then read while the table is, each time anew. Or documents that are there already.
        blocks: with the column ``blocks``, list<struct>: most of the bytes.
        support, product: with those columns, structs; null where a page asks for none, or is not that of one product.
        hashes: with marks of duplicates, the columns ``text_hash`` (str) and ``simhash`` (int64): see Document.
        formats: further columns of strings, of "markdown", "html", "xml", "tei", "json".
        links, images: whether those keep them.
        batch_rows: at most so many rows (and 16 MB of pages) make a batch.
        …: see documents().

    Returns:
        What has ``__arrow_c_stream__``. Columns: source, url, status, budget, error, encoding, page_type, title, author (list), date, modified,
        language, site, description, image, text, those above, and of the archive: file, offset (bytes), captured, content_type, http_status.
    """
    arrow = _arrow(blocks, support, product, formats, links, images)
    paths: Paths
    if isinstance(pages, (str, bytes, os.PathLike)):
        paths = pages
    else:
        items: list[Any] = list(pages)
        if items and isinstance(items[0], Document):
            return _native.table_of_documents(items, arrow, hashes)
        paths = items
    return _native.table_of_crawl(
        _crawl(paths, threads, favor, reasons, limits, input, url, columns, max_record_bytes, shard), arrow, hashes, batch_rows)


def extract_arrow(
    html: Any,
    *,
    url: Any = None,
    charset: Any = None,
    source: Any = None,
    blocks: bool = True,
    support: bool = True,
    product: bool = True,
    hashes: bool = False,
    formats: Iterable[Format] = (),
    links: bool = True,
    images: bool = True,
    threads: int = 0,
    favor: Favor = "balance",
    reasons: bool = False,
    limits: dict[str, int] | None = None,
    input: Input = "detect",
) -> Table:
    """A column of pages to a table of documents, a row a page in the same order: what engines call for each batch.

    Args:
        html: an Arrow array or chunked array of bytes or strings, of any library (pyarrow, polars, …). Not copied.
        url, source: such columns of the same length, or None.
        charset: likewise, or one str for all. For a column of strings say "utf-8": a page's own declaration is not heeded then.
        threads: 0 = one a core; 1 within engines that run a task a core. With 1 the table is a single batch.
        blocks … images: see to_arrow(); favor … input: see parse().

    Returns:
        A table as of to_arrow(), without the columns of an archive. Rows without a page have ``status`` "failed".
    """
    return _native.extract_arrow(
        html, url, charset, source, input, _options(favor, reasons, limits), _arrow(blocks, support, product, formats, links, images), hashes,
        threads)
