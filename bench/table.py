#!/usr/bin/env python3
"""The lines of bench_corpus and peers.py, and the tables of bench_stages and bench_parts, as one page of Markdown with ratios.

    table.py OURS PEERS [STAGES] [PARTS]      PARTS is bench_parts' JSON
"""
import json
import platform
import sys
from pathlib import Path


def cpu():
    for line in Path('/proc/cpuinfo').read_text().split('\n'):
        if line.startswith('model name'):
            return line.split(':', 1)[1].strip()
    return platform.processor()


lines = [line.split() for line in open(sys.argv[1])]
ours = {line[0]: float(line[1]) for line in lines}
peers = {line.split()[0]: float(line.split()[1]) for line in open(sys.argv[2])}
lexbor = peers.get('lexbor_parse')


def row(name, value, peer=None, of=''):
    ratio = f'{value / peer:.2f} × {of}' if peer else ''
    print(f'| {name} | {value:.0f} MB/s | {ratio} |')


print(f'{cpu()} ({platform.node()}), one core unless said, CPU time; {ours["pages"]:.0f} pages, {ours["bytes"]:.0f} MB decompressed\n')
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
      f'Two threads: {ours["two_threads"]:.2f} × one by the clock on the wall, {ours["two_threads_cpu"]:.2f} × by the time of the processors. '
      f'Allocations in steady state: {ours["allocations"]:.1f} a page.\n')
print('One page repeated within a document:\n\n| size | parsing | bytes → document |\n| ---: | ---: | ---: |')
for line in lines:
    if line[0].startswith('size_'):
        print(f'| {line[0][5:-3]} KB | {line[1]} MB/s | {line[2]} MB/s |')
grown = [f'{value:.1f} MB after {name.rsplit("_", 1)[1]}' for name, value in ours.items() if name.startswith('resident_after')]
if grown:
    print('\nResident memory of one extractor over pages in a loop (with all pages held in memory): ' + ', '.join(grown) + '.')
if len(sys.argv) > 3:
    print('\nWhere the time of a page goes (the fastest of several rounds of each stage of each page; in brackets: parts and formats, '
          'measured by themselves):\n\n' + Path(sys.argv[3]).read_text())
if len(sys.argv) > 4:
    print('The parts by Google Benchmark, every 16th page:\n\n| part | CPU time | of the pages\' bytes |\n| --- | ---: | ---: |')
    for part in json.loads(Path(sys.argv[4]).read_text())['benchmarks']:
        print(f'| {part["name"]} | {part["cpu_time"]:.2f} {part["time_unit"]} | {part["bytes_per_second"] / 1e6:.0f} MB/s |')
