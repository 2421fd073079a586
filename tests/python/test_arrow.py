"""Tables through the Arrow PyCapsule interface: pyarrow, polars and DuckDB take them as they lie in memory."""
from __future__ import annotations

import gc
import json
import os

import pytest

import offprint

pa = pytest.importorskip("pyarrow")


def _same(table, pages):
    assert table.num_rows == len(pages)
    for row, page in zip(table.to_pylist(), pages):
        assert row["text"] == page.text and row["title"] == page.title and row["author"] == page.authors
        assert row["status"] == page.status and row["url"] == page.url
        product = {name: value for name, value in (row["product"] or {}).items() if value is not None}
        assert product == {name: value for name, value in (page.product or {}).items() if value is not None}
        if "blocks" in row:
            assert [(b["role"], b["text"], b["span_begin"]) for b in row["blocks"]] == [(b.role, b.text, b.span[0]) for b in page.blocks]


def test_crawl_to_pyarrow(warc):
    table = offprint.to_arrow(warc, batch_rows=16, formats=["markdown"])
    assert table.num_rows is None and "markdown" in table.column_names
    pages = list(offprint.documents(warc))
    read = pa.table(table)
    assert read.column_names == table.column_names
    _same(read, pages)
    assert read["offset"].to_pylist() == [page.offset for page in pages]
    assert read["markdown"].to_pylist() == [page.render("markdown") for page in pages]
    read.validate(full=True)
    assert pa.table(table).equals(read)  # read anew each time
    assert sum(batch.num_rows for batch in pa.RecordBatchReader.from_stream(table)) == 40


def test_documents_to_pyarrow(samples):
    pages = [offprint.parse(html, url=url) for url, html in samples]
    table = offprint.to_arrow(pages)
    assert table.num_rows == len(pages)
    read = pa.table(table)
    read.validate(full=True)
    _same(read, pages)
    assert any(read["product"].to_pylist()) and any(read["support"].to_pylist())
    assert pa.table(offprint.to_arrow(pages, product=False)).equals(read.drop_columns(["product"]))
    assert pa.table(offprint.to_arrow(iter(pages))).equals(read)
    none = pa.table(offprint.to_arrow([offprint.parse(b"")]))
    assert none["status"].to_pylist() == ["empty"] and none["support"].to_pylist() == [None]


def test_marks_of_duplicates(warc, samples):
    pages = [offprint.parse(html, url=url) for url, html in samples]
    pages.append(pages[0])
    # Of the text and nothing else: the address may change what is taken for the story, but not what is said of it.
    bare = [offprint.parse(html) for _, html in samples]
    same = [page.text == other.text for page, other in zip(pages, bare)]
    assert [page.text_hash == other.text_hash for page, other in zip(pages, bare)] == same and any(same)
    assert pages[0].text_hash != pages[1].text_hash and len(pages[0].text_hash) == 32
    assert 0 < pages[0].simhash < 2**64 and (pages[0].simhash ^ pages[1].simhash).bit_count() > 8
    tables = (offprint.to_arrow(pages, hashes=True), pages), (offprint.extract_arrow(pa.array([html for _, html in samples]), hashes=True), bare)
    for table, documents in tables:
        read = pa.table(table)
        assert read.column_names[-2:] == ["text_hash", "simhash"]
        assert read["text_hash"].to_pylist()[:5] == [page.text_hash for page in documents[:5]]
        assert [value % 2**64 for value in read["simhash"].to_pylist()[:5]] == [page.simhash for page in documents[:5]]
    crawl = pa.table(offprint.to_arrow(warc, hashes=True, blocks=False))
    assert len(set(crawl["text_hash"].to_pylist())) == len(set(crawl["text"].to_pylist()))


def test_nothing_is_copied(samples):
    """Each reader sees the same memory, which is none of its own."""
    table = offprint.to_arrow([offprint.parse(html) for _, html in samples])
    before = pa.total_allocated_bytes()
    first, second = pa.table(table), pa.table(table)
    assert pa.total_allocated_bytes() - before < 1_000
    for name in ("text", "title", "status"):
        assert first[name].chunk(0).buffers()[2].address == second[name].chunk(0).buffers()[2].address


def test_arrays_outlive_the_table(samples):
    texts = [offprint.parse(html).text for _, html in samples]
    column = pa.table(offprint.to_arrow([offprint.parse(html) for _, html in samples]))["text"]
    gc.collect()
    for _, html in samples:
        offprint.parse(html)
    assert column.to_pylist() == texts


def test_polars(warc):
    pl = pytest.importorskip("polars")
    frame = pl.DataFrame(offprint.to_arrow(warc, batch_rows=16))
    pages = list(offprint.documents(warc))
    assert frame["text"].to_list() == [page.text for page in pages]
    assert [len(blocks) for blocks in frame["blocks"].to_list()] == [len(page.blocks) for page in pages]


def test_duckdb(warc):
    duckdb = pytest.importorskip("duckdb")
    pages = pa.RecordBatchReader.from_stream(offprint.to_arrow(warc, blocks=False, batch_rows=16))  # noqa: F841: DuckDB finds it by its name
    rows = duckdb.sql("select source, length(text) from pages").fetchall()
    assert rows == [(page.source, len(page.text)) for page in offprint.documents(warc)]


@pytest.mark.parametrize("threads", [1, 3])
@pytest.mark.parametrize("kind", ["binary", "large_binary", "binary_view", "string", "large_string", "string_view"])
def test_columns_of_pages(samples, kind, threads):
    htmls = [html for _, html in samples] * 30
    values = [html if "binary" in kind else html.decode() for html in htmls]
    values[3] = None
    html, url = pa.array(values, getattr(pa, kind)()), pa.array([f"https://a.example/{n}" for n in range(len(htmls))])
    result = pa.table(offprint.extract_arrow(html, url=url, source=url, charset="utf-8", threads=threads))
    expected = [offprint.parse(h, url=f"https://a.example/{n}", charset="utf-8") for n, h in enumerate(htmls)]
    assert result["status"].to_pylist()[3] == "failed"
    for n, (text, source) in enumerate(zip(result["text"].to_pylist(), result["source"].to_pylist())):
        assert source == f"https://a.example/{n}" and (n == 3 or text == expected[n].text)
    chunked = pa.chunked_array([html[:5], html[5:5], html[5:]])
    assert pa.table(offprint.extract_arrow(chunked, url=url, source=url, charset="utf-8", threads=threads))["text"].to_pylist() == result["text"].to_pylist()
    part = pa.table(offprint.extract_arrow(html[7:20], threads=threads))["text"].to_pylist()
    assert part == pa.table(offprint.extract_arrow(pa.array(values[7:20], getattr(pa, kind)()), threads=threads))["text"].to_pylist()


def test_columns_that_do_not_fit():
    with pytest.raises(TypeError, match="strings or bytes"):
        offprint.extract_arrow(pa.array([1, 2]))
    with pytest.raises(TypeError, match="__arrow_c_array__"):
        offprint.extract_arrow(["<p>"])
    with pytest.raises(ValueError, match="length"):
        offprint.extract_arrow(pa.array(["<p>", "<p>"]), url=pa.array(["https://a.example/"]))
    assert pa.table(offprint.extract_arrow(pa.array([], pa.string()))).num_rows == 0


def test_a_table_of_a_crawl_that_fails_to_read(tmp_path):
    table = pa.table(offprint.to_arrow(tmp_path / "missing.warc"))
    assert table["status"].to_pylist() == ["failed"] and table["error"].to_pylist()[0]


def test_it_is_what_the_program_writes(warc, tmp_path):
    import subprocess
    import sys

    out = tmp_path / "out.arrow"
    subprocess.run([sys.executable, "-m", "offprint", str(warc), "-q", "-o", str(out)], check=True, timeout=120)
    theirs, ours = pa.ipc.open_file(os.fspath(out)).read_all(), pa.table(offprint.to_arrow(warc))
    for name in set(theirs.column_names) & set(ours.column_names):
        assert json.dumps(theirs[name].to_pylist()) == json.dumps(ours[name].to_pylist()), name
