"""trafilatura's functions on offprint's documents: the names, parameters and formats of trafilatura 2.3.1.

docs/python.md says of every parameter whether it is honoured. Parameters that mean nothing here are accepted and ignored.
"""
from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from . import _native
from .compat_formats import FIELDS, etree_module, formatted

_FORMATS = ("csv", "html", "json", "markdown", "txt", "xml", "xmltei", "python")


class Document:
    """What bare_extraction() gives back: the attributes of trafilatura's Document. ``body`` and ``commentsbody`` are made when asked for."""

    title: str | None
    author: str | None
    url: str | None
    hostname: str | None
    description: str | None
    sitename: str | None
    date: str | None
    categories: list[str] | None
    tags: list[str] | None
    fingerprint: str | None
    id: str | None
    license: str | None
    comments: str | None
    raw_text: str | None
    text: str | None
    language: str | None
    image: str | None
    pagetype: str | None
    filedate: str | None

    def __init__(self, page: _native.Document | None = None, **fields: Any) -> None:
        self._page = page
        self._render = {"links": False, "images": False}
        self.__dict__.update(dict.fromkeys(n for n in FIELDS if n not in ("body", "commentsbody")))
        self.__dict__.update(fields)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Document:
        return cls(**data)

    @property
    def page(self) -> _native.Document | None:
        """The document as offprint has it: blocks, roles, support."""
        return self._page

    @property
    def body(self) -> Any:
        """The content as an element ``body``, in trafilatura's vocabulary."""
        if "_body" not in self.__dict__:
            etree = etree_module()
            self._body = etree.Element("body")
            if self._page is not None:
                root = etree.fromstring(self._page.render("xml", **self._render).encode())
                self._body.extend(list(root.find("main")))
        return self._body

    @body.setter
    def body(self, value: Any) -> None:
        self._body = value

    @property
    def commentsbody(self) -> Any:
        """The readers' comments, a ``p`` each."""
        if "_commentsbody" not in self.__dict__:
            etree = etree_module()
            self._commentsbody = etree.Element("body")
            for line in (self.comments or "").split("\n"):
                if line:
                    etree.SubElement(self._commentsbody, "p").text = line
        return self._commentsbody

    @commentsbody.setter
    def commentsbody(self, value: Any) -> None:
        self._commentsbody = value

    def as_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name, None) for name in FIELDS}

    def __repr__(self) -> str:
        return f"<offprint.compat.Document {self.title!r}>"


def _bytes_of(content: Any) -> Any:
    """bytes or str, of those, of an lxml tree, or of a response that has its bytes as ``data``."""
    if content is None or isinstance(content, (bytes, bytearray, memoryview, str)):
        return content
    if hasattr(content, "getroottree"):
        from lxml import etree

        return etree.tostring(content, encoding="utf-8", method="html")
    if hasattr(content, "data"):
        return content.data
    raise TypeError(f"{type(content).__name__} is no page: bytes, str, an lxml tree, or a response with data")


def _pruned(content: Any, xpaths: str | list[str]) -> Any:
    from lxml import etree, html

    tree = html.fromstring(content)
    for xpath in [xpaths] if isinstance(xpaths, str) else xpaths:
        for element in tree.xpath(xpath):
            if element.getparent() is not None:
                element.drop_tree()
    return etree.tostring(tree.getroottree(), encoding="utf-8", method="html")


def _parse(content: Any, url: str | None, favor: str, xpaths: Any = None) -> _native.Document:
    data = _bytes_of(content)
    if xpaths:
        data = _pruned(data, xpaths)
    elif not isinstance(data, str) and data is not content and hasattr(content, "getroottree"):
        data = bytes(data).decode()  # whatever its <meta> says, we have just written it as UTF-8
    return _native.parse(data, url, None, None, "detect", _native.Options(favor=favor))


def _day(page: _native.Document, params: dict[str, Any] | None) -> str | None:
    params = params or {}
    date = page.date if params.get("original_date", True) else page.modified or page.date
    if date is None:
        return None
    day = date[:10]
    form = params.get("outputformat")
    if form:
        try:
            return datetime.strptime(day, "%Y-%m-%d").strftime(form)
        except ValueError:
            return None  # a year or a month alone
    return day


def _fill(document: Document, page: _native.Document, date_params: Any, author_blacklist: Any, url: str | None) -> None:
    shunned = {name.casefold() for name in author_blacklist or ()}
    authors = [name for name in page.authors if name.casefold() not in shunned]
    document.title = page.title
    document.author = "; ".join(authors) or None
    document.url = page.url or url
    host = urlsplit(document.url).hostname if document.url else None
    document.hostname = host[4:] if host and host.startswith("www.") else host
    document.description = page.description
    document.sitename = page.site
    document.date = _day(page, date_params)
    document.categories = []
    document.tags = []
    document.language = page.language
    document.image = page.image
    document.pagetype = page.page_type


def _options_of(options: Any, given: dict[str, Any]) -> dict[str, Any]:
    """What trafilatura's Extractor object asks for, where one is handed over: it overrides the parameters, as it does there."""
    if options is None:
        return given
    focus = getattr(options, "focus", "balanced")
    names = {"output_format": "format", "include_comments": "comments", "include_formatting": "formatting", "include_links": "links",
             "include_images": "images", "include_tables": "tables", "target_language": "lang", "url": "url", "with_metadata": "with_metadata",
             "only_with_metadata": "only_with_metadata", "url_blacklist": "url_blacklist", "author_blacklist": "author_blacklist",
             "date_extraction_params": "date_params"}
    changed = {ours: getattr(options, theirs) for ours, theirs in names.items() if hasattr(options, theirs)}
    changed["url"] = changed.get("url") or given["url"]
    return {**given, **changed, "favor_precision": focus == "precision", "favor_recall": focus == "recall"}


def _extraction(filecontent: Any, **given: Any) -> Document | None:
    p = _options_of(given.pop("options"), given)
    if p["output_format"] not in _FORMATS:
        raise AttributeError(f"output format must be one of {', '.join(_FORMATS)}")
    content = _bytes_of(filecontent)
    if not content:
        return None
    favor = "recall" if p["favor_recall"] else "precision" if p["favor_precision"] else "balance"
    page = _parse(filecontent, p["url"], favor, p["prune_xpath"])
    if not p["include_tables"]:
        page = _native.without_tables(page)
    if not page.text:
        return None
    document = Document(page)
    document._render = {"links": p["include_links"], "images": p["include_images"]}
    _fill(document, page, p["date_extraction_params"], p["author_blacklist"], p["url"])
    document.id = p.get("record_id")
    if p["target_language"] and page.language and page.language.split("-")[0] != p["target_language"]:
        return None
    if p["url_blacklist"] and document.url in p["url_blacklist"]:
        return None
    if p["only_with_metadata"] and not (document.date and document.title and document.url):
        return None
    document.text = _native.joined(page, "\n")
    document.raw_text = document.text
    document.comments = _native.comments(page, "\n") if p["include_comments"] else None
    return document


def bare_extraction(
    filecontent: Any,
    url: str | None = None,
    fast: bool = False,
    no_fallback: bool = False,
    favor_precision: bool = False,
    favor_recall: bool = False,
    include_comments: bool = True,
    output_format: str = "python",
    target_language: str | None = None,
    include_tables: bool = True,
    include_images: bool = False,
    include_formatting: bool | None = None,
    include_links: bool = False,
    deduplicate: Any = False,
    date_extraction_params: dict[str, Any] | None = None,
    with_metadata: bool = False,
    only_with_metadata: bool = False,
    max_tree_size: int | None = None,
    url_blacklist: set[str] | None = None,
    author_blacklist: set[str] | None = None,
    as_dict: bool = False,
    prune_xpath: str | list[str] | None = None,
    config: Any = None,
    options: Any = None,
) -> Document | dict[str, Any] | None:
    """The page as an object (or dict) with trafilatura's fields; None where there is no content, or a filter refuses it."""
    given = dict(locals())
    document = _extraction(given.pop("filecontent"), **given)
    return document.as_dict() if as_dict and document is not None else document


def extract(
    filecontent: Any,
    url: str | None = None,
    record_id: str | None = None,
    fast: bool = False,
    no_fallback: bool = False,
    favor_precision: bool = False,
    favor_recall: bool = False,
    include_comments: bool = True,
    output_format: str = "txt",
    tei_validation: bool = False,
    target_language: str | None = None,
    include_tables: bool = True,
    include_images: bool = False,
    include_formatting: bool | None = None,
    include_links: bool = False,
    deduplicate: Any = False,
    date_extraction_params: dict[str, Any] | None = None,
    with_metadata: bool = False,
    only_with_metadata: bool = False,
    max_tree_size: int | None = None,
    url_blacklist: set[str] | None = None,
    author_blacklist: set[str] | None = None,
    settingsfile: str | None = None,
    prune_xpath: str | list[str] | None = None,
    config: Any = None,
    options: Any = None,
) -> str | None:
    """The main content as a string: txt, markdown, json, csv, html, xml or xmltei. None where there is none."""
    given = dict(locals())
    document = _extraction(given.pop("filecontent"), **given)
    return None if document is None else formatted(document, _options_of(options, given))


def extract_with_metadata(
    filecontent: Any,
    url: str | None = None,
    record_id: str | None = None,
    fast: bool = False,
    favor_precision: bool = False,
    favor_recall: bool = False,
    include_comments: bool = True,
    output_format: str = "txt",
    tei_validation: bool = False,
    target_language: str | None = None,
    include_tables: bool = True,
    include_images: bool = False,
    include_formatting: bool | None = None,
    include_links: bool = False,
    deduplicate: Any = False,
    date_extraction_params: dict[str, Any] | None = None,
    url_blacklist: set[str] | None = None,
    author_blacklist: set[str] | None = None,
    settingsfile: str | None = None,
    prune_xpath: str | list[str] | None = None,
    config: Any = None,
    options: Any = None,
) -> Document | None:
    """As bare_extraction(); ``text`` is what extract() gives."""
    given = {**locals(), "with_metadata": True, "only_with_metadata": False}
    document = _extraction(given.pop("filecontent"), **given)
    if document is not None:
        document.text = formatted(document, _options_of(options, {**given, "with_metadata": False}))
    return document


def extract_metadata(
    filecontent: Any,
    default_url: str | None = None,
    date_config: dict[str, Any] | None = None,
    extensive: bool = True,
    author_blacklist: set[str] | None = None,
) -> Document:
    """Title, author, date and the like; no text."""
    document = Document()
    content = _bytes_of(filecontent)
    if content:
        page = _parse(filecontent, default_url, "balance")
        _fill(document, page, date_config, author_blacklist, default_url)
    return document


def _visible(page: _native.Document, without: tuple[str, ...]) -> list[str]:
    return [block.text for block in page.blocks if block.text and not block.hidden and block.role not in without]


def baseline(filecontent: Any) -> tuple[Any, str, int]:
    """(element ``body``, text, its length): the content, or all visible text where the page has none."""
    body = etree_module().Element("body")
    if not _bytes_of(filecontent):
        return body, "", 0
    page = _parse(filecontent, None, "recall")
    lines = [block.text for block in page.blocks if block.content and block.text] or _visible(page, ("footer", "related"))
    for line in lines:
        etree_module().SubElement(body, "p").text = "".join(c for c in line if c >= " " or c in "\t\n")
    text = "\n".join(lines)
    return body, text, len(text)


def html2txt(content: Any, clean: bool = True) -> str:
    """All visible text of the page, a line a block; ``clean`` leaves out footers and lists of related things."""
    if not _bytes_of(content):
        return ""
    return "\n".join(_visible(_parse(content, None, "balance"), ("footer", "related") if clean else ()))
