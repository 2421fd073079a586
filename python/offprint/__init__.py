"""The article of a captured web page, and what everything else on it is for.

    import offprint

    page = offprint.parse(html_bytes, url="https://example.org/story")
    page.title, page.authors, page.date, page.text
    [block.text for block in page.blocks if block.role == "appeal"]
    page.render("markdown")

    for page in offprint.documents("crawl.warc.gz"): ...
    pyarrow.table(offprint.to_arrow("crawl.warc.gz"))

Whoever comes from trafilatura writes ``import offprint as trafilatura``: ``extract``, ``bare_extraction``,
``extract_metadata``, ``extract_with_metadata``, ``baseline`` and ``html2txt`` take its parameters; docs/python.md has a table of
what they mean here.

Python's lock is released while pages are worked on; all functions may be called from any number of threads.
"""
from ._native import Block, Capture, Document, Table, allow_amx
from ._native import version as __version__
from .api import captures, documents, extract_arrow, parse, to_arrow
from .compat import bare_extraction, baseline, extract, extract_metadata, extract_with_metadata, html2txt

ROLES = (
    "headline", "standfirst", "byline", "date", "body", "caption", "bio", "notice", "appeal", "contribution", "paywall", "newsletter",
    "ad", "consent", "navigation", "related", "social", "comments", "masthead", "footer", "form", "controls", "other",
)
"""All roles of blocks; docs/roles.md says what each of them means."""

__all__ = [
    "Block", "Capture", "Document", "ROLES", "Table", "allow_amx", "bare_extraction", "baseline", "captures", "documents", "extract",
    "extract_arrow", "extract_metadata", "extract_with_metadata", "html2txt", "parse", "to_arrow",
]


def __getattr__(name: str) -> object:
    if name in ("fetch_url", "fetch_response", "load_html"):
        raise AttributeError(
            f"offprint has no {name}: it downloads nothing and has no lxml tree. Fetch the page with what you like "
            "(urllib.request, requests, httpx) and hand over its bytes.")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
