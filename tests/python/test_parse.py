"""offprint.parse(): the document, its blocks, and that they outlive everything."""
from __future__ import annotations

import gc
import json

import pytest

import offprint


def test_fields_of_a_page(gazette):
    page = offprint.parse(gazette, source="gazette")
    assert page.status == "ok" and page.source == "gazette" and page.error is None and page.budget is None
    assert page.title == "Ferry returns to Skerry Sound after eleven winters"
    assert page.authors == ["Maren Tolliver"]
    assert page.date == "2024-10-17T06:30:00+01:00" and page.modified == "2024-10-17T15:05:00+01:00"
    assert page.url == "https://harbour-gazette.example/islands/ferry-returns-to-skerry-sound"
    assert page.language == "en" and page.site == "The Harbour Gazette" and page.page_type == "article"
    assert page.encoding == "UTF-8" and not page.right_to_left
    assert page.text.startswith("A second-hand boat, a retired engineer")  # the standfirst
    assert "\n\nAt ten past seven on Tuesday morning" in page.text
    assert page.file is None and page.offset is None and page.http_status is None


def test_agrees_with_its_own_json(samples):
    for url, html in samples:
        page = offprint.parse(html, url=url)
        data = json.loads(page.render("json"))
        assert data["text"] == page.text and data["status"] == page.status
        for ours, theirs in (("title", "title"), ("date", "date"), ("site", "site"), ("language", "language"), ("image", "image")):
            assert getattr(page, ours) == data.get(theirs)
        assert page.authors == data.get("author", [])
        shown = [(b.role, b.kind, b.text, list(b.span)) for b in page.blocks]
        listed = [(b["role"], b["kind"], b["text"], b["span"]) for b in data["blocks"]]
        assert [b for b in listed if b not in shown] == []
        support = page.support
        assert (support is None) == ("support" not in data)
        if support is not None:
            for name, value in data["support"].items():
                assert support[name] == value, name


def test_blocks(gazette):
    page = offprint.parse(gazette, reasons=True)
    blocks = page.blocks
    assert len(blocks) == len(list(blocks)) > 20
    assert blocks[-1].text == list(blocks)[-1].text and blocks[2:4][1].text == blocks[3].text
    with pytest.raises(IndexError):
        blocks[len(blocks)]
    with pytest.raises(IndexError):
        blocks[-len(blocks) - 1]
    for block in blocks:
        assert block.role in offprint.ROLES and 0 <= block.confidence <= 1 and block.reason
        begin, end = block.span
        assert 0 <= begin <= end <= len(gazette)
    assert "\n\n".join(b.text for b in blocks if b.content and b.text) == page.text
    assert sum(map(len, page.roles.values())) == len(blocks)
    assert [b.text for b in page.roles["body"]] == [b.text for b in blocks if b.role == "body"]
    assert offprint.parse(gazette).blocks[0].reason is None


def test_marks_count_characters():
    page = offprint.parse("<article><h1>Ä</h1><p>Äöü 🙂 <a href=/x>größer</a> und <b>mehr</b> davon, in einem Satz, der lang genug ist.</p></article>",
                          url="https://a.example/")
    block = next(b for b in page.blocks if "größer" in b.text)
    found = {kind: block.text[begin:end] for kind, begin, end, _, _ in block.marks}
    assert found["link"] == "größer" and found["strong"] == "mehr"
    assert next(m for m in block.marks if m[0] == "link")[3] == "https://a.example/x"


def test_documents_outlive_the_extractor(samples):
    first = offprint.parse(samples[0][1])
    block = first.blocks[3]
    text, words = first.text, block.text
    for _ in range(5):
        for url, html in samples:
            offprint.parse(html, url=url)
    assert first.text == text and block.text == words
    del first
    gc.collect()
    assert block.text == words


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json", "xml", "tei"])
def test_render(gazette, form):
    page = offprint.parse(gazette)
    out = page.render(form)
    assert "At ten past seven on Tuesday morning" in out
    assert page.render(form) == out
    with pytest.raises(ValueError, match="pdf"):
        page.render("pdf")


def test_what_a_page_may_be(gazette):
    text = offprint.parse(gazette).text
    for same in (bytearray(gazette), memoryview(gazette), gazette.decode()):
        assert offprint.parse(same).text == text
    latin = gazette.replace(b'<meta charset="utf-8">', b"").decode().encode("cp1252", "xmlcharrefreplace")
    assert offprint.parse(latin, charset="windows-1252").text == text
    assert offprint.parse(memoryview(gazette)[::1]).text == text
    for wrong in (None, 3, ["<p>"], object()):
        with pytest.raises(TypeError):
            offprint.parse(wrong)
    with pytest.raises(TypeError, match="url"):
        offprint.parse(gazette, url=3)


def test_a_str_ignores_the_page_s_declaration():
    page = "<meta charset=shift_jis><article><h1>Größe</h1><p>" + "Überall gab es Käse, und er war größer als zuvor. " * 8 + "</p></article>"
    assert "Käse" in offprint.parse(page).text


def test_options(gazette):
    assert offprint.parse(gazette, favor="recall").text and offprint.parse(gazette, favor="precision").text
    page = offprint.parse(gazette, limits={"nodes": 300})
    assert page.status == "partial" and page.budget == "nodes"
    flat = "\n".join(b.text for b in offprint.parse(gazette).blocks if b.text)
    assert offprint.parse(flat, input="text").title
    for bad in ({"favor": "luck"}, {"input": "pdf"}):
        with pytest.raises(ValueError):
            offprint.parse(gazette, **bad)
    with pytest.raises(TypeError, match="pages"):
        offprint.parse(gazette, limits={"pages": 1})


def test_names_that_are_missing_say_why():
    with pytest.raises(AttributeError, match="downloads nothing"):
        offprint.fetch_url("https://a.example/")
    with pytest.raises(AttributeError):
        offprint.nothing_like_it
