"""`import offprint as trafilatura`: the same calls, and the same shapes of what comes back, as trafilatura's own."""
from __future__ import annotations

import csv
import inspect
import io
import json
import xml.etree.ElementTree

import pytest

import offprint

trafilatura = pytest.importorskip("trafilatura")

FUNCTIONS = ["extract", "bare_extraction", "extract_metadata", "extract_with_metadata", "baseline", "html2txt"]
URL = "https://harbour-gazette.example/islands/ferry"


@pytest.mark.parametrize("name", FUNCTIONS)
def test_signatures(name):
    theirs = inspect.signature(getattr(trafilatura, name)).parameters
    ours = inspect.signature(getattr(offprint, name)).parameters
    assert list(ours) == list(theirs)
    for parameter in theirs.values():
        if parameter.name != "config":  # a ConfigParser there; it is not read here
            assert ours[parameter.name].default == parameter.default, parameter
        assert ours[parameter.name].kind == parameter.kind, parameter


def both(name, *args, **given):
    return getattr(trafilatura, name)(*args, **given), getattr(offprint, name)(*args, **given)


def test_plain_text(gazette):
    theirs, ours = both("extract", gazette)
    assert type(ours) is type(theirs) is str
    assert "\n\n" not in ours and ours.split("\n")[0] and "At ten past seven on Tuesday morning" in ours
    assert [line for line in ours.split("\n") if len(line) > 100 and line not in theirs.split("\n")] == []


@pytest.mark.parametrize("form", ["txt", "markdown", "csv", "json", "html", "xml", "xmltei"])
@pytest.mark.parametrize("with_metadata", [False, True])
def test_formats_have_the_same_shape(gazette, form, with_metadata):
    theirs, ours = both("extract", gazette, url=URL, output_format=form, with_metadata=with_metadata)
    assert type(ours) is type(theirs) is str and "At ten past seven on Tuesday morning" in ours
    if form == "json":
        assert set(json.loads(ours)) == set(json.loads(theirs))
    if form == "csv":
        rows = [list(csv.reader(io.StringIO(out), delimiter="\t")) for out in (theirs, ours)]
        assert len(rows[0]) == len(rows[1]) == 1 and len(rows[0][0]) == len(rows[1][0])
    if form in ("xml", "xmltei"):
        trees = [xml.etree.ElementTree.fromstring(out) for out in (theirs, ours)]
        assert trees[0].tag == trees[1].tag
        if form == "xml":
            assert [child.tag for child in trees[1]] == [child.tag for child in trees[0]]
            assert set(trees[1].attrib) - set(trees[0].attrib) <= {"language", "image", "pagetype", "license", "description"}
    if form in ("txt", "markdown"):
        assert ours.startswith("---\ntitle: ") == theirs.startswith("---\ntitle: ") == with_metadata


def test_an_unknown_format(gazette):
    for module in (trafilatura, offprint):
        with pytest.raises(AttributeError):
            module.extract(gazette, output_format="pdf")


@pytest.mark.parametrize("nothing", [None, "", b"", "<html></html>", b"<p></p>"])
def test_nothing(nothing):
    for name in ("extract", "bare_extraction"):
        theirs, ours = both(name, nothing)
        assert theirs is None and ours is None
    assert offprint.html2txt(nothing or "") == ""


def test_bare_extraction(gazette):
    theirs, ours = both("bare_extraction", gazette, url=URL, with_metadata=True)
    assert set(theirs.as_dict()) == set(ours.as_dict())
    for name in ("title", "author", "date", "sitename", "hostname"):
        assert getattr(ours, name) == getattr(theirs, name), name
    assert isinstance(ours.text, str) and ours.body.tag == theirs.body.tag == "body" and len(ours.body) > 3
    assert {child.tag for child in ours.body} <= {"head", "p", "list", "table", "quote", "code", "graphic", "lb", "hi", "ref", "row"}
    as_dict = offprint.bare_extraction(gazette, as_dict=True)
    assert isinstance(as_dict, dict) and set(as_dict) == set(trafilatura.bare_extraction(gazette, as_dict=True))
    assert ours.page.blocks and ours.page.support is not None


def test_extract_metadata(gazette):
    theirs, ours = both("extract_metadata", gazette, default_url=URL)
    for name in ("title", "author", "date", "sitename", "hostname", "url"):
        assert getattr(ours, name) == getattr(theirs, name), name
    assert offprint.extract_metadata(gazette, author_blacklist={"Maren Tolliver"}).author is None
    assert offprint.extract_metadata(gazette, date_config={"outputformat": "%d.%m.%Y"}).date == "17.10.2024"


def test_extract_with_metadata(gazette):
    theirs, ours = both("extract_with_metadata", gazette, output_format="markdown")
    assert ours.title == theirs.title and isinstance(ours.text, str) and "seven on Tuesday" in ours.text


def test_baseline_and_html2txt(gazette):
    theirs, ours = both("baseline", gazette)
    assert [type(part) for part in theirs[1:]] == [type(part) for part in ours[1:]]
    assert ours[0].tag == "body" and ours[2] == len(ours[1]) > 1000
    theirs, ours = both("html2txt", gazette)
    assert type(ours) is type(theirs) is str and "At ten past seven on Tuesday" in ours and len(ours) > 0.5 * len(theirs)
    assert len(offprint.html2txt(gazette, clean=False)) >= len(ours)


def test_parameters_that_are_honoured(gazette):
    plain = offprint.extract(gazette)
    page = b"""<html lang=en><title>T</title><article><h1>Tides</h1><p>The table of tides for this week, <a href="/full">in full here</a>, as
      <b>measured</b> at the pier by the harbour master and her two assistants.</p><table><tr><th>Day</th><th>High</th></tr><tr><td>Monday</td>
      <td>07:10, at four metres and a half above the datum</td></tr></table><p>They will be read again on Friday, when the moon is full and the
      water is said to come higher than it has since the storm.</p></article></html>"""
    assert "four metres" in offprint.extract(page) and "four metres" not in offprint.extract(page, include_tables=False)
    assert "**measured**" in offprint.extract(page, include_formatting=True)
    assert "/full" in offprint.extract(page, include_links=True, url="https://a.example/") and "/full" not in offprint.extract(page)
    assert offprint.extract(page, target_language="en") and offprint.extract(page, target_language="de") is None
    assert offprint.extract(gazette, url_blacklist={offprint.extract_metadata(gazette).url}) is None
    assert offprint.extract(page, only_with_metadata=True) is None and offprint.extract(gazette, only_with_metadata=True)
    assert json.loads(offprint.extract(gazette, record_id="17", output_format="json", with_metadata=True))["id"] == "17"
    assert offprint.extract(gazette, favor_recall=True) and offprint.extract(gazette, favor_precision=True)
    pytest.importorskip("lxml")
    assert "four metres" not in offprint.extract(page, prune_xpath="//table")
    from trafilatura.settings import Extractor

    assert offprint.extract(gazette, options=Extractor(output_format="json")).startswith("{")
    assert plain == offprint.extract(gazette, fast=True, no_fallback=True, deduplicate=True, max_tree_size=10, config=None)


def test_trees_and_responses(gazette):
    lxml = pytest.importorskip("lxml.html")
    assert offprint.extract(lxml.fromstring(gazette)) is not None

    class Response:
        data = gazette

    assert offprint.extract(Response()) == offprint.extract(gazette)
    with pytest.raises(TypeError):
        offprint.extract(3)


def test_on_pages_of_the_web(corpus):
    """Whatever comes back has trafilatura's types, and nothing raises."""
    for html in corpus[::4]:
        for form in ("txt", "json", "xml", "xmltei", "csv", "html", "markdown"):
            out = offprint.extract(html, output_format=form, with_metadata=True, include_links=True, include_images=True)
            assert out is None or out.strip()
            if out and form in ("xml", "xmltei"):
                xml.etree.ElementTree.fromstring(out)
        document = offprint.bare_extraction(html)
        assert document is None or isinstance(document.body.tag, str)
        assert isinstance(offprint.html2txt(html), str) and isinstance(offprint.baseline(html)[1], str)
