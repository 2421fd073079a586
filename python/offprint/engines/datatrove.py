"""datatrove: an extractor in the place of Trafilatura, and readers that lose nothing on the way. Needs datatrove.

The plain exchange is ``Trafilatura()`` → ``Offprint()``, behind datatrove's own WarcReader. It sends every page to a process and its text back,
as datatrove does with all extractors, and sees a str whose bytes and headers are gone. Faster, and with the page's encoding and address:
``CaptureReader(folder), Extract()``; fastest, where nothing stands between reading and extracting: ``ArticleReader(folder)``.
"""
from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from typing import Any

from datatrove.data import Media, MediaType
from datatrove.pipeline.base import PipelineStep
from datatrove.pipeline.extractors.base import BaseExtractor
from datatrove.pipeline.readers.base import BaseDiskReader
from datatrove.utils.typeshelper import StatHints

from ..api import Favor, captures, documents, parse


def _text(page: Any, format: str, links: bool, images: bool) -> str:
    return str(page.text if format == "text" else page.render(format, links=links, images=images))


def _known(page: Any) -> dict[str, Any]:
    """What goes into the metadata of a document, where it is known."""
    found = {"title": page.title, "authors": page.authors, "published": page.date, "modified": page.modified, "language": page.language,
             "site": page.site, "description": page.description, "page_type": page.page_type, "status": page.status, "canonical": page.url}
    return {name: value for name, value in found.items() if value}


class Offprint(BaseExtractor):
    """Text of HTML, in the place of datatrove's Trafilatura.

    Args:
        timeout: seconds a page. The page's own budget is nine tenths of it: what was found until then comes back, and no process is killed.
        favor: "balance", "precision" or "recall".
        format: "text" or "markdown".
        links, images: whether Markdown keeps them.
    """

    name = "📰 offprint"

    def __init__(self, timeout: float = 1, favor: Favor = "balance", format: str = "text", links: bool = False, images: bool = False) -> None:
        super().__init__(timeout)
        self.favor, self.format, self.links, self.images = favor, format, links, images

    def extract(self, text: str) -> str:
        page = parse(text, favor=self.favor, limits={"ms": max(1, int(self.timeout * 900))})
        return _text(page, self.format, self.links, self.images)


class Extract(PipelineStep):
    """Text of pages that CaptureReader read, from their bytes and with their address, in this process.

    What offprint knows of the page goes into ``metadata`` (title, authors, published, language, page_type, …). Documents that bring no
    bytes are worked on by their text.

    Args:
        timeout: seconds a page; what was found until then comes back.
        favor, format, links, images: as of Offprint.
        keep_bytes: leave the page's bytes in ``media``.
    """

    type = "🛢 - EXTRAC"
    name = "📰 offprint"

    def __init__(self, timeout: float = 1, favor: Favor = "balance", format: str = "text", links: bool = False, images: bool = False,
                 keep_bytes: bool = False) -> None:
        super().__init__()
        self.timeout, self.favor, self.format, self.links, self.images, self.keep_bytes = timeout, favor, format, links, images, keep_bytes

    def run(self, data: Any, rank: int = 0, world_size: int = 1) -> Any:
        limits = {"ms": max(1, int(self.timeout * 1000))}
        for document in data:
            self.stat_update(StatHints.total)
            with self.track_time():
                media = document.media[0] if document.media and document.media[0].media_bytes is not None else None
                page = parse(document.text if media is None else media.media_bytes, document.metadata.get("url"), favor=self.favor,
                             charset=None if media is None else document.metadata.get("charset"), limits=limits)
                document.text = _text(page, self.format, self.links, self.images)
                document.metadata.update(_known(page))
                if media is not None and not self.keep_bytes:
                    document.media = document.media[1:]
            if document.text:
                self.stat_update(StatHints.forwarded)
                self.update_doc_stats(document)
                yield document
            else:
                self.stat_update(StatHints.dropped)


class _Reader(BaseDiskReader):
    @contextlib.contextmanager
    def _local(self, filepath: str) -> Iterator[str]:
        """The file's path on this machine; of other file systems a copy in a temporary folder."""
        if self.data_folder.is_local():
            yield self.data_folder.resolve_paths(filepath)
            return
        with tempfile.TemporaryDirectory() as folder:
            path = f"{folder}/{filepath.rsplit('/', 1)[-1]}"
            with self.data_folder.open(filepath, "rb", compression=None) as source, open(path, "wb") as to:
                shutil.copyfileobj(source, to, 1 << 20)
            yield path


class CaptureReader(_Reader):
    """The pages of WARC, WACZ, Parquet and JSON Lines files: ``text`` is the HTML, ``media[0].media_bytes`` its bytes as captured.

    Metadata: url, charset and content_type (of the header), date, http_status, offset. Parameters as of datatrove's readers; with
    ``keep_bytes=False`` the bytes are left out, for extractors that take text alone.
    """

    name = "📰 captures"

    def __init__(self, *args: Any, keep_bytes: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keep_bytes = keep_bytes

    def read_file(self, filepath: str) -> Any:
        with self._local(filepath) as path:
            for number, capture in enumerate(captures(path, threads=1)):
                with self.track_time():
                    if capture.error is not None:
                        self.stat_update("unreadable")
                        continue
                    data = {"text": capture.html, "id": f"{filepath}/{capture.offset}", "url": capture.url or capture.source, "date": capture.captured,
                            "charset": capture.charset, "content_type": capture.content_type, "http_status": capture.http_status, "offset": capture.offset}
                    document = self.get_document_from_dict({name: value for name, value in data.items() if value is not None}, filepath, number)
                    if document is None:
                        continue
                    if self.keep_bytes:
                        document.media = [Media(id=document.id, type=MediaType.DOCUMENT, url=document.metadata["url"], media_bytes=capture.bytes)]
                yield document


class ArticleReader(_Reader):
    """The articles of WARC, WACZ, Parquet and JSON Lines files: read and extracted in one go. Metadata as of CaptureReader and Extract.

    Args:
        favor: "balance", "precision" or "recall". format: "text" or "markdown".
        timeout: seconds a page; what was found until then comes back.
        threads: of a task; datatrove runs a task a core.
        …: as of datatrove's readers.
    """

    name = "📰 articles"

    def __init__(self, *args: Any, favor: Favor = "balance", format: str = "text", links: bool = False, images: bool = False, timeout: float = 1,
                 threads: int = 1, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.favor, self.format, self.links, self.images, self.timeout, self.threads = favor, format, links, images, timeout, threads

    def read_file(self, filepath: str) -> Any:
        limits = {"ms": max(1, int(self.timeout * 1000))}
        with self._local(filepath) as path:
            for number, page in enumerate(documents(path, threads=self.threads, favor=self.favor, limits=limits)):
                with self.track_time():
                    text = _text(page, self.format, self.links, self.images)
                    if not text:
                        self.stat_update("without content")
                        continue
                    data = {"text": text, "id": f"{filepath}/{page.offset}", "url": page.source, "date": page.captured,
                            "content_type": page.content_type, "http_status": page.http_status, "offset": page.offset}
                    document = self.get_document_from_dict({**{n: v for n, v in data.items() if v is not None}, **_known(page)}, filepath, number)
                yield document
