#!/usr/bin/env python3
"""The lines of bench_corpus and peers.py as one Markdown table with ratios."""
import platform
import sys
from pathlib import Path


def cpu():
    for line in Path('/proc/cpuinfo').read_text().split('\n'):
        if line.startswith('model name'):
            return line.split(':', 1)[1].strip()
    return platform.processor()


ours = {line.split()[0]: float(line.split()[1]) for line in open(sys.argv[1])}
peers = {line.split()[0]: float(line.split()[1]) for line in open(sys.argv[2])}
lexbor = peers.get('lexbor_parse')


def row(name, value, peer=None, of=''):
    ratio = f'{value / peer:.2f} × {of}' if peer else ''
    print(f'| {name} | {value:.0f} MB/s | {ratio} |')


print(f'{cpu()}, one core unless said, CPU time; {ours["pages"]:.0f} pages, {ours["bytes"]:.0f} MB decompressed\n')
print('| what | speed | ratio |\n| --- | --- | --- |')
row('offprint, parsing alone', ours['parse'], lexbor, 'lexbor')
row('offprint, bytes → document with all roles', ours['extract'], lexbor, "lexbor's parsing alone")
row('offprint, bytes → JSON with all blocks', ours['json'], lexbor, "lexbor's parsing alone")
for name, label in (('lexbor_parse', 'lexbor (selectolax), parsing alone'), ('gumbo_parse', 'gumbo, parsing alone (every 4th page)'),
                    ('resiliparse_main_content', 'Resiliparse, main content (every 4th page)'),
                    ('trafilatura', 'trafilatura (every 25th page)')):
    if name in peers:
        row(label, peers[name])
print()
if 'resiliparse_main_content' in peers:
    print(f'Extraction is {ours["extract"] / peers["resiliparse_main_content"]:.1f} × Resiliparse', end='')
    print(f' and {ours["extract"] / peers["trafilatura"]:.0f} × trafilatura.' if 'trafilatura' in peers else '.')
print(f'Peak memory of a run over all pages: {ours["peak_memory"]:.0f} MB (largest page {ours["largest_page"]:.1f} MB). '
      f'Two threads: {ours["two_threads"]:.2f} × one. Allocations in steady state: {ours["allocations"]:.1f} a page.')
