"""The compiled part of the package. Use what the package gives (offprint.parse() and the like), not this module."""
from collections.abc import Iterable, Iterator
from typing import Any, Sequence, overload

version: str

class Options:
    def __init__(self, *, favor: str = "balance", reasons: bool = False, max_bytes: int = ..., max_nodes: int = ..., max_depth: int = ...,
                 max_output: int = ..., max_ms: int = 0) -> None: ...

class CrawlOptions:
    def __init__(self, *, inputs: list[bytes], extract: Options, threads: int = 0, input: str = "detect", url: str = "",
                 column_html: str = ..., column_text: str = ..., column_url: str = ..., column_date: str = ...,
                 column_id: str = ..., max_record_bytes: int = ..., shard: int = 0, shards: int = 1) -> None: ...

class ArrowOptions:
    def __init__(self, *, blocks: bool = True, support: bool = True, product: bool = True, formats: Sequence[str] = (),
                 links: bool = True, images: bool = True) -> None: ...

class Block:
    """One visible piece of a page."""
    @property
    def role(self) -> str:
        """What it is for: one of offprint.ROLES."""
    @property
    def kind(self) -> str:
        """paragraph | heading | list_item | quote | code | table (a row) | caption | control | term | definition | math | image | embed | rule"""
    @property
    def text(self) -> str:
        """White space as rendered; code keeps its lines. Cells of a row are parted by " | "."""
    @property
    def content(self) -> bool:
        """Its text is part of Document.text."""
    @property
    def hidden(self) -> bool:
        """Not shown when the page opens."""
    @property
    def level(self) -> int | None:
        """Of a heading 1 to 6; of list items and quotes the depth from 1."""
    @property
    def confidence(self) -> float:
        """Of the role, 0 to 1."""
    @property
    def span(self) -> tuple[int, int]:
        """Bytes [begin, end) of the capture; of the decoded text where Document.encoding is not UTF-8."""
    @property
    def reason(self) -> str | None:
        """What decided the role; only with reasons=True."""
    @property
    def group(self) -> int | None:
        """Blocks that follow one another with the same number are one list, table or listing."""
    @property
    def ordinal(self) -> int | None:
        """In a numbered list, from 1."""
    @property
    def language(self) -> str | None:
        """Of code, as the page names it."""
    @property
    def note(self) -> str | None:
        """Of a footnote's text: its label, as marks of the kind note have it."""
    @property
    def marks(self) -> list[tuple[str, int, int, str | None, str | None]]:
        """(kind, begin, end, target, label): links, emphases, pictures and cells in characters [begin, end) of ``text``.

        Kinds: link | strong | emphasis | code | deleted | subscript | superscript | image | line_break | cell | header_cell | quote |
        keyboard | math | note. ``target`` is the address of a link or picture, or TeX; ``label`` a picture's alternative text.
        """

class Blocks:
    """All blocks of a document, in page order. Blocks are made when they are asked for."""
    def __len__(self) -> int: ...
    @overload
    def __getitem__(self, i: int) -> Block: ...
    @overload
    def __getitem__(self, i: slice) -> list[Block]: ...
    def __iter__(self) -> Iterator[Block]: ...

class Document:
    """What offprint knows of a page. None means unknown. Attributes are made when they are asked for; nothing changes, so threads may share it."""
    @property
    def source(self) -> str:
        """Path as given, or the WARC record's URI; "" for a page from memory without a name."""
    @property
    def url(self) -> str | None:
        """Canonical address."""
    @property
    def status(self) -> str:
        """ok | empty | partial (see budget, error) | failed (see error)"""
    @property
    def budget(self) -> str | None:
        """The limit that ran out: bytes | nodes | depth | attributes | output | json_depth | time"""
    @property
    def error(self) -> str | None: ...
    @property
    def encoding(self) -> str | None:
        """By the Encoding Standard's name."""
    @property
    def page_type(self) -> str | None:
        """article | documentation | forum | product | collection | listing | service | other"""
    @property
    def title(self) -> str | None: ...
    @property
    def authors(self) -> list[str]: ...
    @property
    def date(self) -> str | None:
        """Published, ISO 8601."""
    @property
    def modified(self) -> str | None:
        """ISO 8601."""
    @property
    def language(self) -> str | None:
        """BCP 47."""
    @property
    def site(self) -> str | None: ...
    @property
    def description(self) -> str | None: ...
    @property
    def image(self) -> str | None:
        """Absolute address."""
    @property
    def right_to_left(self) -> bool: ...
    @property
    def text(self) -> str:
        """The main content: a line a block, blocks parted by a blank line."""
    @property
    def blocks(self) -> Blocks: ...
    @property
    def roles(self) -> dict[str, list[Block]]:
        """The blocks by role, in page order."""
    @property
    def support(self) -> dict[str, Any] | None:
        """A request for voluntary support; members as in docs/output.md. None where the page has none."""
    @property
    def product(self) -> dict[str, Any] | None:
        """What the page sells; members as in docs/output.md. None where it is not the page of one product."""
    @property
    def text_hash(self) -> str:
        """32 hexadecimal digits, equal where the texts are. Worked out at each access."""
    @property
    def simhash(self) -> int:
        """64 bits; those of like texts differ in few: ``(a.simhash ^ b.simhash).bit_count()``. Worked out at each access."""
    @property
    def file(self) -> str | None:
        """Of a crawl: the file that the page stands in."""
    @property
    def offset(self) -> int | None:
        """Bytes; where the record begins in that file."""
    @property
    def captured(self) -> str | None:
        """WARC-Date."""
    @property
    def content_type(self) -> str | None: ...
    @property
    def http_status(self) -> int | None: ...
    def render(self, format: str, *, links: bool = True, images: bool = True, blocks: bool = True) -> str:
        """The document as "text", "markdown", "html", "json", "xml" or "tei". Links and images: not in text, JSON; blocks: JSON."""

class Capture:
    """A page before extraction."""
    @property
    def bytes(self) -> bytes:
        """Without transfer and content codings. Made at each access: keep it."""
    @property
    def html(self) -> str:
        """``bytes`` decoded as browsers do it. Made at each access: keep it."""
    @property
    def source(self) -> str: ...
    @property
    def url(self) -> str | None: ...
    @property
    def charset(self) -> str | None:
        """Of the Content-Type header."""
    @property
    def content_type(self) -> str | None: ...
    @property
    def captured(self) -> str | None:
        """WARC-Date."""
    @property
    def title(self) -> str | None:
        """As a WACZ gives it."""
    @property
    def seed(self) -> bool:
        """A WACZ says that the crawl began here."""
    @property
    def http_status(self) -> int | None: ...
    @property
    def file(self) -> str: ...
    @property
    def offset(self) -> int:
        """Bytes; where the record begins in that file."""
    @property
    def flat(self) -> bool:
        """It is flattened text."""
    @property
    def error(self) -> str | None:
        """There is no page, and this is why."""
    @property
    def damage(self) -> str | None:
        """``bytes`` is what could be had, and this is why."""
    def _parse(self, options: Options) -> Document: ...

class Documents(Iterator[Document]):
    def __iter__(self) -> Documents: ...
    def __next__(self) -> Document: ...
    @property
    def losses(self) -> list[tuple[str, int, int, str]]: ...
    @property
    def counts(self) -> dict[str, int]: ...

class Captures(Iterator[Capture]):
    def __iter__(self) -> Captures: ...
    def __next__(self) -> Capture: ...
    @property
    def losses(self) -> list[tuple[str, int, int, str]]: ...
    @property
    def counts(self) -> dict[str, int]: ...

class Table:
    """A table by the Arrow PyCapsule interface."""
    def __arrow_c_schema__(self) -> object: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...
    @property
    def column_names(self) -> list[str]: ...
    @property
    def num_rows(self) -> int | None:
        """None of a crawl, which is read only when the table is."""

def parse(html: Any, url: str | None, charset: str | None, source: str | None, input: str, options: Options) -> Document: ...
def joined(document: Document, separator: str) -> str: ...
def comments(document: Document, separator: str) -> str | None: ...
def without_tables(document: Document) -> Document: ...
def documents(options: CrawlOptions) -> Documents: ...
def captures(options: CrawlOptions) -> Captures: ...
def extract_arrow(html: Any, url: Any, charset: Any, source: Any, input: str, options: Options, arrow: ArrowOptions, hashes: bool,
                  threads: int) -> Table: ...
def table_of_documents(documents: Iterable[Document], arrow: ArrowOptions, hashes: bool) -> Table: ...
def table_of_crawl(crawl: CrawlOptions, arrow: ArrowOptions, hashes: bool, batch_rows: int) -> Table: ...
def allow_amx() -> bool: ...
def run_program(arguments: list[bytes]) -> int: ...
