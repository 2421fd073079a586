#!/usr/bin/env python3
"""`make bench-crawl`: a WARC of pages to JSON Lines, against FastWARC + Resiliparse and FastWARC's mere reading.

    crawl.py OFFPRINT FOLDER_OF_PAGES WORK_FOLDER [BYTES of the long crawl, packed; 0 = leave it out]

CPU time (user and system) of a process each, on one core, the best of three rounds taken in turn; wall time for two cores
against one, which says something only on a machine with nothing else to do. Needs fastwarc and resiliparse (crawl-requirements.txt).
"""
import gzip
import os
import platform
import subprocess
import sys
import time
from pathlib import Path

PEER = r'''
import sys, json
from fastwarc.warc import ArchiveIterator, WarcRecordType
mode, path, out = sys.argv[1:]
sink = open(out, 'w', encoding='utf-8')
if mode == 'extract':
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding
for record in ArchiveIterator(path, record_types=WarcRecordType.response, parse_http=True, fsspec_args=False):
    body = record.reader.read()
    if mode == 'extract':
        text = extract_plain_text(bytes_to_str(body, detect_encoding(body)), main_content=True)
        sink.write(json.dumps({'url': record.headers['WARC-Target-URI'], 'text': text}, ensure_ascii=False) + '\n')
'''


def make_warc(folder, to):
    """A gzip member a record, level 6. Returns (pages, bytes of HTML)."""
    pages = size = 0
    with open(to, 'wb') as out:
        for path in sorted(Path(folder).iterdir()):
            html = gzip.decompress(path.read_bytes()) if path.suffix == '.gz' else path.read_bytes()
            block = b'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n' + html
            head = (f'WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://pages.example/{path.name}\r\n'
                    f'WARC-Date: 2024-01-02T03:04:05Z\r\nWARC-Record-ID: <urn:uuid:{pages:032x}>\r\n'
                    f'Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n')
            out.write(gzip.compress(head.encode() + block + b'\r\n\r\n', 6, mtime=0))
            pages += 1
            size += len(html)
    return pages, size


def run(command, cores):
    """(CPU seconds, wall seconds, peak memory in MB) of a process."""
    start = time.monotonic()
    process = subprocess.Popen(command, preexec_fn=lambda: os.sched_setaffinity(0, cores))
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f'{command}: exit status {process.returncode}')
    return usage.ru_utime + usage.ru_stime, time.monotonic() - start, usage.ru_maxrss / 1000


def cpu():
    for line in Path('/proc/cpuinfo').read_text().split('\n'):
        if line.startswith('model name'):
            return line.split(':', 1)[1].strip()
    return platform.processor()


def main():
    program, folder, work = sys.argv[1:4]
    long_bytes = int(sys.argv[4]) if len(sys.argv) > 4 else 2 * 1000**3
    Path(work).mkdir(parents=True, exist_ok=True)
    warc, out = f'{work}/pages.warc.gz', f'{work}/out.jsonl'
    pages, size = make_warc(folder, warc)
    cores = sorted(os.sched_getaffinity(0))
    one, two = set(cores[:1]), set(cores[:2])
    ours = [program, warc, '--no-blocks', '--restart', '-q', '-o', out]
    peer = [sys.executable, '-c', PEER]
    commands = {
        'offprint': (ours + ['-j', '1'], one),
        'two cores': (ours + ['-j', '2'], two),
        'read': (peer + ['read', warc, os.devnull], one),
        'extract': (peer + ['extract', warc, out], one),
    }
    best = {}
    for _ in range(3):
        for name, (command, on) in commands.items():
            now = run(command, on)
            best[name] = tuple(map(min, best.get(name, now), now))
    rate = {name: size / 1e6 / seconds for name, (seconds, _, _) in best.items()}
    print(f'{cpu()}, CPU time, one core, the best of three rounds; {pages} pages, {size / 1e6:.0f} MB of HTML, '
          f'{os.path.getsize(warc) / 1e6:.0f} MB packed\n')
    print('| WARC.gz → | HTML, MB/s | ratio |\n| --- | --- | --- |')
    print(f"| offprint: JSON Lines, text and metadata | {rate['offprint']:.0f} | |")
    print(f"| FastWARC + Resiliparse main content: JSON Lines, text and address | {rate['extract']:.0f} | "
          f"{rate['offprint'] / rate['extract']:.2f} × as slow |")
    print(f"| FastWARC, mere reading | {rate['read']:.0f} | offprint has {rate['offprint'] / rate['read']:.2f} of its speed |")
    wall = best['offprint'][1], best['two cores'][1]
    print(f"\nTwo cores: {wall[0] / wall[1]:.2f} × one, in wall time (load of the machine now: {os.getloadavg()[0]:.1f}); "
          f"CPU time {best['two cores'][0] / best['offprint'][0]:.2f} × that of one. "
          f"Peak memory {best['offprint'][2]:.0f} MB on one core, {best['two cores'][2]:.0f} MB on two.")
    if long_bytes > 0:
        crawl = f'{work}/long.warc.gz'
        bytes_once = Path(warc).read_bytes()
        times = -(-long_bytes // len(bytes_once))
        try:
            with open(crawl, 'wb') as to:
                for _ in range(times):
                    to.write(bytes_once)
            for name in ('out.jsonl', 'out.parquet'):
                command = [program, crawl, '--no-blocks', '--restart', '-q', '-j', '2', '-o', f'{work}/{name}']
                seconds, _, memory = run(command, two)
                print(f'{name} of a crawl of {os.path.getsize(crawl) / 1e9:.1f} GB ({size * times / 1e9:.1f} GB of HTML), two threads: '
                      f'peak memory {memory:.0f} MB, {size * times / 1e6 / seconds:.0f} MB/s of CPU time.')
                os.unlink(f'{work}/{name}')
        finally:
            for name in ('long.warc.gz', 'out.jsonl', 'out.jsonl.part', 'out.jsonl.part.journal'):
                Path(work, name).unlink(missing_ok=True)


main()
