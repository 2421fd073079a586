"""Input that means harm, or nothing: no exception but TypeError and ValueError for what is no page at all, and no crash."""
from __future__ import annotations

import random

import pytest

import offprint

ODD = {
    "empty": b"", "blank": b" \n\t ", "NULs": bytes(5000), "one byte": b"<", "not text": bytes(range(256)) * 40,
    "nested": b"<div>" * 20_000 + b"x", "tables": b"<table><tr><td>" * 3_000, "formatting": b"<b><i><a><font>" * 2_000 + b"<p>x",
    "attributes": b"<p " + b" ".join(b"a%d=1" % n for n in range(5_000)) + b">x</p>", "open": b"<article><p title=\"" + b"a" * 100_000,
    "comment": b"<!--" + b"-" * 100_000, "references": b"<p>" + b"&amp;&#0;&#xD800;&#99999999;&notit;" * 2_000, "cr": b"<p>\r\r\n" * 5_000,
    "json-ld": b'<script type="application/ld+json">' + b'{"a":[' * 20_000 + b"</script><p>x</p>", "utf-16": "<p>Text, and more text".encode("utf-16"),
    "broken utf-8": b"<article><p>" + b"\xc3\x28\xe2\x82\xf0\x9f " * 2_000, "surrogates": "<p>\ud800 word \udfff".encode("utf-8", "surrogatepass") * 300,
    "select": b"<select>" + b"<option>x" * 10_000, "frames": b"<frameset>" * 1_000, "svg": b"<svg><foreignObject><math><mi>" * 1_000,
    "plaintext": b"<plaintext>" + b"<p>" * 1_000,
}


def use_up(page: offprint.Document) -> None:
    """Every attribute of everything."""
    for name in dir(page):
        if not name.startswith("_"):
            getattr(page, name)
    for block in page.blocks[:200]:
        for name in dir(block):
            if not name.startswith("_"):
                getattr(block, name)
        repr(block)
    for form in ("text", "markdown", "html", "json", "xml", "tei"):
        assert isinstance(page.render(form), str)
    repr(page)


@pytest.mark.parametrize("name", ODD)
def test_odd_pages(name):
    page = offprint.parse(ODD[name])
    assert page.status in ("ok", "empty", "partial")
    use_up(page)
    use_up(offprint.parse(ODD[name], input="text"))
    for form in ("txt", "json", "csv", "xml", "xmltei", "markdown", "html"):
        out = offprint.extract(ODD[name], output_format=form, with_metadata=True)
        assert out is None or isinstance(out, str)
    offprint.bare_extraction(ODD[name], as_dict=True)
    assert isinstance(offprint.html2txt(ODD[name]), str) and isinstance(offprint.baseline(ODD[name])[1], str)
    offprint.to_arrow([page]).__arrow_c_stream__()


def test_str_with_lone_surrogates():
    text = "<article><h1>T\udcff</h1><p>" + "words and \ud800 words " * 30 + "</p></article>"
    use_up(offprint.parse(text, url="https://a.example/\udcff", source="\ud800"))
    assert isinstance(offprint.extract(text), str)


@pytest.mark.parametrize("given", [
    {"url": "not an address"}, {"url": "javascript:alert(1)"}, {"url": "http://[::1"}, {"url": "x" * 100_000}, {"url": "\0"},
    {"charset": "no-such"}, {"charset": "utf-7"}, {"charset": "\0"}, {"charset": "x" * 10_000}, {"source": "../../etc/passwd"},
])
def test_odd_parameters(gazette, given):
    use_up(offprint.parse(gazette, **given))


def test_changed_pages(gazette, samples):
    """Bytes flipped, cut out, doubled and moved, a thousand times; the seed is fixed."""
    chance = random.Random(7)
    for n in range(1_000):
        page = bytearray(samples[n % len(samples)][1])
        for _ in range(chance.randrange(1, 30)):
            at, size = chance.randrange(len(page)), chance.randrange(1, 200)
            way = chance.randrange(4)
            if way == 0:
                page[at] = chance.randrange(256)
            elif way == 1:
                del page[at : at + size]
            elif way == 2:
                page[at:at] = page[at : at + size]
            else:
                page[at:at] = chance.choice([b"<", b">", b"</p>", b"<table>", b"\0", b"<!--", b'"', b"&#x", b"<script>", b"\xff\xfe"])
            if not page:
                break
        result = offprint.parse(bytes(page), url="https://a.example/")
        assert result.status in ("ok", "empty", "partial")
        if n % 10 == 0:
            use_up(result)


def test_limits_hold():
    page = offprint.parse(b"<p>word " * 500_000, limits={"ms": 1})
    assert page.status == "partial" and page.budget == "time"
    page = offprint.parse(b"<p>word</p>" * 100_000, limits={"bytes": 10_000})
    assert page.status == "partial" and page.budget == "bytes"


def test_archives_of_noise(tmp_path):
    chance = random.Random(3)
    for n in range(30):
        path = tmp_path / f"{n}.warc"
        path.write_bytes(b"WARC/1.0\r\nContent-Length: 99999999999999999999\r\n\r\n" + chance.randbytes(chance.randrange(5_000)))
        iterator = offprint.documents(path)
        for page in iterator:
            use_up(page)
        assert isinstance(iterator.losses, list)
