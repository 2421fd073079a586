"""What the tests share: the sample pages of examples/, archives made of them, and the corpora where they are there."""
from __future__ import annotations

import gzip
import pathlib

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGES = ROOT / "examples/pages"
CORPORA = ROOT.parent / "shared/corpora"


def record(html: bytes, url: str, headers: str = "Content-Type: text/html; charset=utf-8", kind: str = "response", number: int = 0) -> bytes:
    """A WARC record, plain."""
    block = b"HTTP/1.1 200 OK\r\n" + headers.encode() + b"\r\n\r\n" + html
    head = (f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-01-02T03:04:05Z\r\n"
            f"WARC-Record-ID: <urn:uuid:{number:08x}-0000-0000-0000-000000000000>\r\n"
            f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(block)}\r\n\r\n")
    return head.encode() + block + b"\r\n\r\n"


def write_warc(path: pathlib.Path, pages: list[tuple[str, bytes]]) -> pathlib.Path:
    """A gzip member a record, as crawlers write them."""
    with open(path, "wb") as to:
        for number, (url, html) in enumerate(pages):
            to.write(gzip.compress(record(html, url, number=number), 6, mtime=0))
    return path


@pytest.fixture(scope="session")
def gazette() -> bytes:
    return (PAGES / "harbour-gazette.html").read_bytes()


@pytest.fixture(scope="session")
def samples() -> list[tuple[str, bytes]]:
    """(address, HTML) of every sample page that is UTF-8."""
    pages = [(f"https://pages.example/{p.name}", p.read_bytes()) for p in sorted(PAGES.glob("*.html")) if "1252" not in p.name]
    assert len(pages) > 4
    return pages


@pytest.fixture(scope="session")
def warc(samples: list[tuple[str, bytes]], tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """40 records: the sample pages, over and over."""
    pages = [(f"{url}?{n}", html) for n in range(-(-40 // len(samples))) for url, html in samples][:40]
    return write_warc(tmp_path_factory.mktemp("warc") / "pages.warc.gz", pages)


@pytest.fixture(scope="session")
def corpus() -> list[bytes]:
    """Two hundred pages of the Web."""
    folder = CORPORA / "wcxb-dev/html"
    if not folder.is_dir():
        pytest.skip("the corpora are not here: ../shared/corpora")
    files = sorted(folder.iterdir())
    return [gzip.decompress(p.read_bytes()) if p.suffix == ".gz" else p.read_bytes() for p in files[:: max(1, len(files) // 200)]]
