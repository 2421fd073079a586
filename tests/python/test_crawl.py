"""documents() and captures(): order, what archives know, damage, threads, processes."""
from __future__ import annotations

import gzip
import json
import multiprocessing
import os
import pathlib
import threading

import pytest
from conftest import record, write_warc

import offprint


def test_order_and_origin(warc, samples):
    pages = list(offprint.documents(warc))
    assert len(pages) == 40
    offsets = [page.offset for page in pages]
    assert offsets == sorted(offsets) and offsets[0] == 0
    for n, page in enumerate(pages):
        url, html = samples[n % len(samples)]
        assert page.text == offprint.parse(html, url=page.source, charset="utf-8").text
        assert page.source.startswith(url) and page.file == str(warc)
        assert page.http_status == 200 and page.content_type == "text/html" and page.captured == "2024-01-02T03:04:05Z"


def test_threads_change_nothing(warc):
    one = [page.render("json") for page in offprint.documents(warc, threads=1)]
    assert [page.render("json") for page in offprint.documents(warc, threads=3)] == one


def test_inputs(tmp_path, samples):
    (tmp_path / "in").mkdir()
    (tmp_path / "in/b.html").write_bytes(samples[0][1])
    (tmp_path / "in/a.html.gz").write_bytes(gzip.compress(samples[0][1]))
    lines = [{"page": html.decode(), "at": url, "when": "2024-01-02", "key": f"row {n}"} for n, (url, html) in enumerate(samples)]
    (tmp_path / "pages.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    pages = list(offprint.documents([tmp_path / "in", os.fsencode(tmp_path / "pages.jsonl")], columns={
        "html": "page", "url": "at", "date": "when", "id": "key"}))
    assert [(page.source, page.captured) for page in pages[2:]] == [(f"row {n}", "2024-01-02") for n in range(len(samples))]
    assert [page.status for page in pages] == ["ok"] * (2 + len(samples))
    assert pages[0].text == pages[1].text and pages[0].source.endswith("a.html.gz")
    with pytest.raises(TypeError, match="pdf"):
        offprint.documents(tmp_path, columns={"pdf": "x"})


def test_what_cannot_be_read_comes_as_a_document(tmp_path):
    pages = list(offprint.documents(tmp_path / "missing.warc.gz"))
    assert [page.status for page in pages] == ["failed"] and pages[0].error and not pages[0].text


def test_damage_is_told(tmp_path, warc):
    whole = bytearray(warc.read_bytes())
    second = list(offprint.documents(warc))[1].offset
    whole[second + 40 : second + 60] = bytes(20)
    broken = tmp_path / "broken.warc.gz"
    broken.write_bytes(whole)
    iterator = offprint.documents(broken)
    pages = list(iterator)
    assert len([p for p in pages if p.status == "ok"]) >= 38
    assert iterator.losses and all(file == str(broken) and isinstance(what, str) for file, _, _, what in iterator.losses)
    assert iterator.counts["records"] >= 38 and iterator.counts["files"] == 1


def test_shards(warc):
    parts = [[page.source for page in offprint.documents(warc, shard=(k, 3))] for k in (1, 2, 3)]
    assert sorted(sum(parts, [])) == sorted(page.source for page in offprint.documents(warc))
    for bad in ((0, 3), (4, 3), (1, 0)):
        with pytest.raises((ValueError, OverflowError, TypeError)):
            offprint.documents(warc, shard=bad)


def test_stopping_early_leaves_no_threads(warc):
    for _ in range(20):
        iterator = offprint.documents(warc)
        assert next(iterator).status == "ok"
        del iterator
    before = len(os.listdir("/proc/self/task"))
    iterators = [offprint.documents(warc) for _ in range(10)]
    for iterator in iterators:
        next(iterator)
    del iterators, iterator
    assert len(os.listdir("/proc/self/task")) <= before


def test_captures(warc, samples):
    captures = list(offprint.captures(warc))
    assert len(captures) == 40
    for n, capture in enumerate(captures):
        assert capture.bytes == samples[n % len(samples)][1]
        assert capture.html == capture.bytes.decode() and capture.charset == "utf-8" and capture.error is None
        assert capture.http_status == 200 and capture.file == str(warc) and not capture.flat


def test_captures_are_decoded_as_browsers_do(tmp_path):
    path = tmp_path / "legacy.warc"
    path.write_bytes(record("<p>große Käse</p>".encode("latin-1"), "https://a.example/", "Content-Type: text/html; charset=iso-8859-1")
                     + record(b"<meta charset=shift_jis><p>\x82\xa0</p>", "https://b.example/", "Content-Type: text/html"))
    assert [c.html for c in offprint.captures(path)] == ["<p>große Käse</p>", "<meta charset=shift_jis><p>あ</p>"]


def test_codings_are_undone(tmp_path):
    html = b"<p>" + b"words " * 100 + b"</p>"
    path = tmp_path / "packed.warc"
    path.write_bytes(record(gzip.compress(html), "https://a.example/", "Content-Type: text/html\r\nContent-Encoding: gzip"))
    assert next(offprint.captures(path)).bytes == html


def test_one_iterator_for_several_threads(warc):
    iterator, got = offprint.documents(warc), []

    def take():
        got.extend(page.source for page in iterator)

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == sorted(page.source for page in offprint.documents(warc))


def _texts(path: str) -> int:
    return sum(len(page.text) for page in offprint.documents(path))


def test_processes(warc):
    expected = _texts(str(warc))
    begun = offprint.documents(warc)
    next(begun)
    for way in ("fork", "spawn"):
        with multiprocessing.get_context(way).Pool(2) as pool:
            assert pool.map(_texts, [str(warc)] * 2) == [expected] * 2
    # An iterator that was begun is no use in a child, and says so.
    pid = os.fork()
    if pid == 0:
        try:
            for _ in begun:
                pass
            os._exit(1)
        except RuntimeError:
            os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert len(list(begun)) == 39


def test_standard_input(warc, samples):
    import subprocess
    import sys

    code = "import offprint; print(len(list(offprint.documents('-'))))"
    done = subprocess.run([sys.executable, "-c", code], input=gzip.decompress(warc.read_bytes()), capture_output=True, timeout=60)
    assert done.stdout.split() == [b"40"], done.stderr
