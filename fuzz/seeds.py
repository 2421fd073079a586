#!/usr/bin/env python3
"""Writes the seeds of the fuzz targets: python3 fuzz/seeds.py FOLDER

From examples/pages, tests/hostile/found and tests/found, and from html5lib-tests where ../shared holds them. The first byte of a seed
chooses options: see each target.
"""
import gzip
import hashlib
import io
import json
import pathlib
import re
import sys
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
HTML5LIB = ROOT.parent / "shared/corpora/html5lib-tests"
# As in encoding.cpp, by what Python calls them.
CODECS = {2: "cp866", 3: "iso8859-2", 7: "iso8859-6", 9: "iso8859-8", 16: "koi8-r", 21: "cp1251", 22: "cp1252", 26: "cp1256",
          30: "gbk", 31: "gb18030", 32: "big5", 33: "euc-jp", 34: "iso-2022-jp", 35: "shift_jis", 36: "euc-kr", 38: "utf-16-be",
          39: "utf-16-le"}
WORDS = "Ærø, wie schön! Новости дня 日本語のページ 中文網頁 한국어 ภาษาไทย עברית العربية Ελληνικά €5 “x” "


def pages():
    for folder in ("examples/pages", "tests/hostile/found"):
        for path in sorted((ROOT / folder).glob("*")):
            if path.is_file() and path.suffix != ".md":
                yield path.read_bytes()


def tree_tests():
    for path in sorted(HTML5LIB.glob("tree-construction/**/*.dat")):
        for test in re.split(rb"(?:\A|\n\n)#data\n", path.read_bytes())[1:]:
            yield test.split(b"\n#errors")[0]


def token_tests():
    for path in sorted(HTML5LIB.glob("tokenizer/*.test")):
        for test in json.loads(path.read_text(encoding="utf-8")).get("tests", []):
            yield test["input"].encode("utf-8", "replace")


def encoding_tests():
    for path in sorted(HTML5LIB.glob("encoding/*.dat")):
        for test in re.split(rb"(?:\A|\n)#data\n", path.read_bytes())[1:]:
            yield test.split(b"\n#encoding")[0]


def flat(page):
    text = re.sub(rb"(?s)<(script|style).*?</\1>", b"", page)
    return re.sub(rb"\n\s*\n+", b"\n", re.sub(rb"<[^>]*>", b"\n", text)).strip()


def record(kind, head, block):
    return (f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: http://example.org/a\r\nWARC-Date: 2024-01-02T03:04:05Z\r\n"
            f"WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: {head}\r\nContent-Length: {len(block)}\r\n\r\n").encode() + block + b"\r\n\r\n"


def archives():
    """(number of the name, bytes) as in sources.cpp."""
    page = b"<!DOCTYPE html><title>A</title><p>" + b"Some words of a page. " * 8
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(page), page)
    def http(body, head=b""):
        return record("response", "application/http; msgtype=response",
                      b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n" + head + b"\r\n" + body)
    records = [record("warcinfo", "application/warc-fields", b"software: x\r\n"), http(page),
               http(gzip.compress(page), b"Content-Encoding: gzip\r\n"), http(chunked, b"Transfer-Encoding: chunked\r\n"),
               record("resource", "text/html", page), record("conversion", "text/plain", b"Plain words.\n"),
               record("revisit", "application/http", b"HTTP/1.1 304 Not Modified\r\n\r\n")]
    warc, packed = b"".join(records), b"".join(gzip.compress(r) for r in records)
    yield 0, warc
    yield 0, records[1] + records[1]
    yield 1, packed
    lines = b"".join(json.dumps({"html": page.decode(), "url": f"http://example.org/{i}", "id": str(i)}).encode() + b"\n" for i in range(3))
    yield 5, lines + b'{"text":"Plain words.","date":"2024"}\n\n[1]\nnot JSON\n'
    yield 11, gzip.compress(lines)
    yield 6, page
    yield 7, gzip.compress(page) + gzip.compress(page)
    yield 9, b"Plain words.\n"
    yield 10, warc
    yield 12, records[5]
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", method) as archive:
            archive.writestr("archive/data.warc.gz", packed)
            archive.writestr("archive/more.warc", records[1])
            archive.writestr("pages/pages.jsonl", b'{"format":"json-pages-1.0"}\n{"url":"http://example.org/a","title":"A","seed":true}\n')
        yield 4, file.getvalue()


OPTIONS = """a.html|-f json a.html|-f markdown -o x.md a.html b.txt|pages -o out.jsonl|*.html|[ab].*|-|--input text b.txt
--favor precision pages/c.html|--url https://example.org/a a.html|inspect a.html -o x.html|read a.html|-f parquet pages -o x.parquet
--files-from list -o x.jsonl.gz|--files-from list a.html|--status ok,partial pages|--page-type article,forum pages|--language en,de-AT .
--http-status 2xx,304 a|--media-type text/html,text/plain a|--min-words 20 pages|--shard 2/8 pages|--shard=1/1 a|--shard 0/9 a|-V|--help
--column-html body --column-url u a.jsonl|--hashes --provenance --check-digests a.warc|--max-record-bytes 10 a|--report x --restart -q a
--checkpoint .5 a|--roles headline,body a|--no-blocks --no-links --no-images a|--max-bytes 9 --max-ms 1 --max-nodes 2 --max-depth 3 a
--max-output 99999999999999999999 a|--max-bytes -1 a|-j 0 a|-j 2000 a|--threads=4 a|--reasons a.html|-- -a|-f arrow -o - a|~x|a*b*c""".replace("\n", "|")


def seeds():
    for words in OPTIONS.split("|"):
        line = "\n".join(words.split(" ")).encode() + b"\n\na.html\r\npages\n*.txt\n"
        yield "options", line[0], line[1:]
    for path in sorted((ROOT / "tests/found").glob("*/*")):
        data = path.read_bytes()
        yield path.parent.name, data[0], data[1:]
    for page in pages():
        for options in (0x00, 0x99, 0x2B):
            yield "extract", options, page
        for options in (0x00, 0x98):
            yield "flat", options, flat(page)
        yield "flat", 0x21, page
        yield "tree", 0x10, page
        yield "encoding", 0, page
    for test in tree_tests():
        yield "tree", len(test) % 16 | (len(test) % 2) << 4, test
        yield "extract", 0x01, test
    for test in token_tests():
        yield "tree", len(test) % 64, test
    for test in encoding_tests():
        yield "encoding", 0, test
    for number, codec in CODECS.items():
        text = WORDS.encode(codec, "ignore")
        yield "encoding", number, text * 3
        yield "encoding", 0, text * 3
        yield "encoding", 0, b"<meta charset=%s>" % codec.encode() + text
    for name, archive in archives():
        for packing in (0x00, 0x10, 0x20, 0x30, 0x40):
            yield "sources", name | packing, archive


def main():
    folder = pathlib.Path(sys.argv[1])
    for target, options, data in seeds():
        seed = bytes([options & 255]) + data[:32768]
        (folder / target).mkdir(parents=True, exist_ok=True)
        (folder / target / hashlib.sha1(seed).hexdigest()).write_bytes(seed)


main()
