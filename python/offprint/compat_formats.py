"""What compat's documents look like in trafilatura's formats: its fields, columns and elements, in its order."""
from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .compat import Document

FIELDS = (
    "title", "author", "url", "hostname", "description", "sitename", "date", "categories", "tags", "fingerprint", "id", "license", "body",
    "comments", "commentsbody", "raw_text", "text", "language", "image", "pagetype", "filedate",
)
_HEADER = ("title", "author", "url", "hostname", "description", "sitename", "date", "categories", "tags", "fingerprint", "id", "license")
_META = ("sitename", "title", "author", "date", "url", "hostname", "description", "categories", "tags", "license", "id", "fingerprint",
         "language", "image", "pagetype")


def etree_module() -> Any:
    """lxml where it is installed, since trafilatura's trees are of lxml; else the standard library's."""
    try:
        from lxml import etree
    except ImportError:
        import xml.etree.ElementTree as etree
    return etree


def _scalar(value: str) -> str:
    plain = value and value == value.strip() and value[0].isalpha() and value.isprintable() and ": " not in value and " #" not in value
    reserved = value.lower() in ("true", "false", "yes", "no", "on", "off", "y", "n", "null", "none")
    return value if plain and not reserved and not value.endswith(":") else json.dumps(value, ensure_ascii=False)


def _yaml_header(document: Document) -> str:
    values = [(name, getattr(document, name)) for name in _HEADER]
    lines = [f"{name}: {_scalar(value) if isinstance(value, str) else value}\n" for name, value in values if value]
    return f"---\n{''.join(lines)}---\n"


def _json(document: Document, with_metadata: bool) -> str:
    comments = document.comments or ""
    if not with_metadata:
        return json.dumps({"text": document.text, "comments": comments}, ensure_ascii=False)
    fields = {name: getattr(document, name) for name in FIELDS if name not in ("body", "commentsbody")}
    fields.update({
        "source": fields.pop("url"),
        "source-hostname": fields.pop("sitename"),
        "excerpt": fields.pop("description"),
        "categories": ";".join(fields.pop("categories") or []),
        "tags": ";".join(fields.pop("tags") or []),
        "text": document.text,
        "comments": comments,
    })
    return json.dumps(fields, ensure_ascii=False)


def _csv(document: Document) -> str:
    d, out = document, io.StringIO()
    row = (d.url, d.id, d.fingerprint, d.hostname, d.title, d.image, d.date, d.text, d.comments, d.license, d.pagetype)
    csv.writer(out, delimiter="\t", quoting=csv.QUOTE_MINIMAL).writerow([value or "null" for value in row])
    return out.getvalue()


def _xml(document: Document, with_metadata: bool) -> str:
    etree = etree_module()
    root = etree.Element("doc")
    for name in _META if with_metadata else ("id",):
        value = getattr(document, name)
        if value:
            root.set(name, value if isinstance(value, str) else ";".join(value))
    for tag, body in (("main", document.body), ("comments", document.commentsbody)):
        part = etree.SubElement(root, tag)
        part.extend(list(body))
    document.__dict__.pop("_body", None)  # its children have moved
    document.__dict__.pop("_commentsbody", None)
    return str(etree.tostring(root, encoding="unicode")).strip()


def formatted(document: Document, p: dict[str, Any]) -> str:
    form, page = p["output_format"], document.page
    assert page is not None
    if form == "json":
        return _json(document, p["with_metadata"])
    if form == "csv":
        return _csv(document)
    if form == "xml":
        return _xml(document, p["with_metadata"])
    if form == "xmltei":
        return page.render("tei", **document._render).strip()
    if form == "html":
        return page.render("html", **document._render).strip()
    marked = form == "markdown" if p["include_formatting"] is None else p["include_formatting"]
    text = page.render("markdown", **document._render).strip() if marked or p["include_links"] or p["include_images"] else document.text
    header = _yaml_header(document) if p["with_metadata"] else ""
    comments = f"\n{document.comments}" if document.comments else ""
    return f"{header}{text}{comments}".strip()
