#!/usr/bin/env python3
"""Peers on the same pages in the same run: prints "name MB/s pages" lines. CPU time of this process, best of two rounds.

    peers.py FOLDER      needs selectolax (lexbor), resiliparse, trafilatura; a peer that is not there is passed over

lexbor parses every page; Resiliparse and trafilatura, which are slower, every 4th and every 25th.
"""
import gzip
import sys
import time
from pathlib import Path


def measure(name, pages, work):
    best = float('inf')
    for _ in range(2):
        start = time.process_time()
        for page in pages:
            try:
                work(page)
            except Exception:
                pass
        best = min(best, time.process_time() - start)
    print(f'{name} {sum(map(len, pages)) / 1e6 / best:.1f} {len(pages)}', flush=True)


def main():
    pages = [gzip.decompress(p.read_bytes()) if p.suffix == '.gz' else p.read_bytes() for p in sorted(Path(sys.argv[1]).iterdir())]
    try:
        from selectolax.lexbor import LexborHTMLParser
        measure('lexbor_parse', pages, LexborHTMLParser)
    except ImportError:
        pass
    texts = [p.decode('utf-8', 'replace') for p in pages]
    try:
        from resiliparse.extract.html2text import extract_plain_text
        measure('resiliparse_main_content', texts[::4], lambda t: extract_plain_text(t, main_content=True))
    except ImportError:
        pass
    try:
        import trafilatura
        measure('trafilatura', texts[::25], lambda t: trafilatura.extract(t))
    except ImportError:
        pass


main()
