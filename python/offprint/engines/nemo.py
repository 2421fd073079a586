"""NeMo Curator: an algorithm in the place of jusText, Resiliparse and Trafilatura, or the whole extractor. Needs nemo-curator.

    CommonCrawlDownloadExtractStage(..., html_extraction=OffprintAlgorithm())
    DocumentDownloadExtractStage(..., extractor=OffprintExtractor())
"""
from __future__ import annotations

from typing import Any

from nemo_curator.stages.text.download import DocumentExtractor
from nemo_curator.stages.text.download.html_extractors import HTMLExtractorAlgorithm

from ..api import Favor, parse


class OffprintAlgorithm(HTMLExtractorAlgorithm):
    """The paragraphs of a page's content, for CommonCrawlHTMLExtractor.

    Args:
        favor: "balance", "precision" or "recall".
        timeout: seconds a page; what was found until then comes back.
        required_stopword_density: paragraphs of which a smaller share of words are stop words are left out, as Curator's own algorithms do with
            0.32. Here 0: the paragraphs were chosen already, and tables, code and headings have few stop words. Not of languages without spaces.
    """

    def __init__(self, favor: Favor = "balance", timeout: float = 10, required_stopword_density: float = 0) -> None:
        self.favor, self.timeout, self.required_stopword_density = favor, timeout, required_stopword_density

    def extract_text(self, html: str, stop_words: frozenset[str], language: str) -> list[str] | None:
        page = parse(html, favor=self.favor, limits={"ms": max(1, int(self.timeout * 1000))})
        paragraphs = [block.text for block in page.blocks if block.content and block.text]
        if self.required_stopword_density > 0 and language not in self.NON_SPACED_LANGUAGES:
            paragraphs = [text for text in paragraphs if self._density(text, stop_words) >= self.required_stopword_density]
        return paragraphs or None

    @staticmethod
    def _density(text: str, stop_words: frozenset[str]) -> float:
        words = text.split()
        return sum(word in stop_words for word in words) / max(1, len(words))


class OffprintExtractor(DocumentExtractor):
    """A record of CommonCrawlWarcIterator to a record with text and metadata: from the page's bytes, so that its encoding is found as browsers do.

    Args:
        favor, timeout: as of OffprintAlgorithm.
        format: "text" or "markdown".
    """

    def __init__(self, favor: Favor = "balance", timeout: float = 10, format: str = "text") -> None:
        self.favor, self.timeout, self.format = favor, timeout, format

    def extract(self, record: dict[str, Any]) -> dict[str, Any] | None:
        content = record.get("content")
        if not content:
            return None
        page = parse(content, record.get("url"), favor=self.favor, limits={"ms": max(1, int(self.timeout * 1000))})
        if not page.text:
            return None
        return {
            "url": record["url"], "warc_id": record["warc_id"], "source_id": record["source_id"], "language": page.language, "title": page.title,
            "authors": page.authors, "date": page.date, "page_type": page.page_type,
            "text": page.text if self.format == "text" else page.render(self.format),
        }

    def input_columns(self) -> list[str]:
        return ["url", "warc_id", "source_id", "content"]

    def output_columns(self) -> list[str]:
        return ["url", "warc_id", "source_id", "language", "title", "authors", "date", "page_type", "text"]
