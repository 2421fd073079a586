"""Python's lock is released, threads do not disturb one another, and memory stays flat."""
from __future__ import annotations

import concurrent.futures
import gc
import os
import subprocess
import sys
import sysconfig
import threading

import pytest

import offprint


def _large(gazette: bytes, megabytes: int) -> bytes:
    body = gazette[gazette.index(b"<body"):]
    return gazette + body * (megabytes * 1_000_000 // len(body))


@pytest.mark.parametrize("call", [
    lambda page: offprint.parse(page),
    lambda page: offprint.extract_arrow(__import__("pyarrow").array([page])),
], ids=["parse", "extract_arrow"])
def test_others_run_meanwhile(gazette, call):
    pytest.importorskip("pyarrow")
    page, done, ticks = _large(gazette, 15), threading.Event(), 0
    thread = threading.Thread(target=lambda: (call(page), done.set()))
    thread.start()
    while not done.is_set():
        ticks += 1
    thread.join()
    # While the lock is held all along, this thread gets a turn at the beginning and one at the end.
    assert ticks > 10_000


def test_threads_have_their_own_extractor(samples):
    expected = {url: (p := offprint.parse(html, url=url)).render("json") + p.render("markdown") for url, html in samples}

    def work(n: int) -> bool:
        url, html = samples[n % len(samples)]
        page = offprint.parse(html, url=url)
        return page.render("json") + page.render("markdown") == expected[url]

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(800)))


def test_documents_are_shared_by_threads(gazette):
    page = offprint.parse(gazette)
    texts = [block.text for block in page.blocks]
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        assert all(pool.map(lambda _: [b.text for b in page.blocks] == texts and page.text and page.support, range(200)))


def _resident() -> int:
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096


def test_no_leak_over_20000_pages(samples):
    small = [html for _, html in samples]

    def one(n: int) -> None:
        page = offprint.parse(small[n % len(small)])
        if n % 20 == 0:
            for block in page.blocks:
                block.text, block.role, block.marks
            page.roles, page.support, page.authors, page.render("markdown")
            offprint.extract(small[n % len(small)], output_format="json", with_metadata=True)
            offprint.to_arrow([page]).__arrow_c_stream__()

    for n in range(2_000):
        one(n)
    gc.collect()
    before = _resident()
    for n in range(20_000):
        one(n)
    gc.collect()
    assert _resident() - before < 4_000_000  # 200 bytes a page


def test_no_leak_of_iterators(warc):
    def one() -> None:
        iterator = offprint.documents(warc)
        next(iterator).text
        len([capture.bytes for capture in offprint.captures(warc)])
        offprint.to_arrow(warc).__arrow_c_stream__()

    for _ in range(30):
        one()
    gc.collect()
    before = _resident()
    for _ in range(200):
        one()
    gc.collect()
    assert _resident() - before < 12_000_000


@pytest.mark.skipif(not sysconfig.get_config_var("Py_GIL_DISABLED"), reason="a Python with its lock: make test-free-threaded has one without")
def test_the_lock_stays_off():
    environment = {name: value for name, value in os.environ.items() if name != "PYTHON_GIL"}
    subprocess.run([sys.executable, "-W", "error", "-c", "import offprint, sys; sys.exit(sys._is_gil_enabled())"], check=True, timeout=120, env=environment)


def test_nothing_is_left_at_exit(warc):
    """nanobind tells of objects that outlive the interpreter."""
    code = f"""if True:
        import offprint
        pages = list(offprint.documents({str(warc)!r}))
        blocks = [page.blocks[1] for page in pages if len(page.blocks) > 1]
        begun = offprint.captures({str(warc)!r}); next(begun)
        table = offprint.to_arrow(pages)
    """
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=120)
    assert done.returncode == 0 and done.stderr == b""
