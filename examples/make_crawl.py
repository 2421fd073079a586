#!/usr/bin/env python3
"""make_crawl.py FOLDER: the sample pages as a small crawl, to try the commands of docs/crawls.md on.

FOLDER/pages.warc.gz   responses, a request, a revisit and a style sheet, a gzip member a record
FOLDER/texts.warc.gz   the flattened texts, as the WET files of Common Crawl hold them
FOLDER/site.wacz       an archive with a list of its pages
FOLDER/rows.jsonl      HTML and addresses as members of JSON objects
"""
import gzip
import json
import sys
import zipfile
from pathlib import Path

PAGES = Path(__file__).resolve().parent / 'pages'


def record(kind, address, content_type, block):
    head = (f'WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2026-01-02T03:04:05Z\r\n'
            f'WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{abs(hash((kind, address))) % 16**12:012x}>\r\n'
            f'Content-Type: {content_type}\r\nContent-Length: {len(block)}\r\n\r\n')
    return gzip.compress(head.encode() + block + b'\r\n\r\n', mtime=0)


def response(address, body, media_type='text/html'):
    head = f'HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\nContent-Length: {len(body)}\r\n\r\n'
    return record('response', address, 'application/http; msgtype=response', head.encode() + body)


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    html = {f'https://samples.example/{p.name}': p.read_bytes() for p in sorted(PAGES.glob('*.html'))}
    texts = {f'https://samples.example/{p.name}': p.read_bytes() for p in sorted(PAGES.glob('*.txt'))}
    first = next(iter(html))
    warc = record('request', first, 'application/http; msgtype=request', b'GET / HTTP/1.1\r\n\r\n')
    warc += b''.join(response(address, body) for address, body in html.items())
    warc += response('https://samples.example/style.css', b'p { margin: 0 }', 'text/css')
    warc += record('revisit', first, 'application/http; msgtype=response', b'HTTP/1.1 200 OK\r\n\r\n')
    (folder / 'pages.warc.gz').write_bytes(warc)
    (folder / 'texts.warc.gz').write_bytes(
        b''.join(record('conversion', address, 'text/plain', body) for address, body in texts.items()))
    with zipfile.ZipFile(folder / 'site.wacz', 'w') as wacz:
        wacz.writestr('archive/data.warc.gz', response(first, html[first]))
        wacz.writestr('pages/pages.jsonl', json.dumps({'format': 'json-pages-1.0'}) + '\n' +
                      json.dumps({'url': first, 'title': 'As the crawler saw it', 'seed': True}) + '\n')
    with open(folder / 'rows.jsonl', 'w', encoding='utf-8') as rows:
        for address, body in html.items():
            rows.write(json.dumps({'page': body.decode('utf-8', 'replace'), 'address': address}) + '\n')


main()
