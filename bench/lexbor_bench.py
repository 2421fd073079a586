#!/usr/bin/env python3
"""How fast lexbor parses the pages of a folder, through selectolax: lexbor_bench.py FOLDER [ROUNDS]

The counterpart of parse_bench. selectolax hands bytes to lexbor as they are; the parser object is made anew per page,
as selectolax does it.
"""
import sys
import time
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

pages = [p.read_bytes() for p in sorted(Path(sys.argv[1]).iterdir()) if p.is_file()]
rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
size = sum(map(len, pages)) / 1e6
best = 1e9
for _ in range(rounds):
    begin = time.process_time()
    for page in pages:
        LexborHTMLParser(page)
    best = min(best, time.process_time() - begin)
print(f"{len(pages)} pages, {size:.1f} MB\nlexbor:   {size / best:7.1f} MB/s ({best:.3f} s)")
