#!/usr/bin/env python3
"""`make bench-engines`: datatrove with trafilatura against datatrove with offprint, on one WARC, as datatrove runs them.

    engines.py FOLDER_OF_PAGES WORK_FOLDER PAGES

CPU time (user and system) of a run of LocalPipelineExecutor with one task, its processes included, less that of a run over a WARC
without pages. Records say text/html as Common Crawl's do (WARC-Identified-Payload-Type), so that WarcReader need not look.
"""
import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

RUN = r'''
import sys
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.extractors import Trafilatura
from datatrove.pipeline.readers import WarcReader
from datatrove.pipeline.writers import JsonlWriter
from offprint.engines.datatrove import ArticleReader, CaptureReader, Extract, Offprint
way, folder, out = sys.argv[1:]
only = {"glob_pattern": "*.warc.gz"}
steps = {
    "trafilatura": lambda: [WarcReader(folder, **only), Trafilatura(timeout=60)],
    "trafilatura, recall": lambda: [WarcReader(folder, **only), Trafilatura(timeout=60, favour_precision=False, deduplicate=False)],
    "offprint": lambda: [WarcReader(folder, **only), Offprint(timeout=60)],
    "stage": lambda: [CaptureReader(folder, **only), Extract(timeout=60)],
    "articles": lambda: [ArticleReader(folder, timeout=60, **only)],
    "read": lambda: [WarcReader(folder, **only)],
}[way]()
LocalPipelineExecutor(pipeline=[*steps, JsonlWriter(out + "/" + way, compression=None)], tasks=1, logging_dir=out + "/logs-" + way,
                      skip_completed=False).run()
'''
NAMES = {
    "trafilatura": "WarcReader, Trafilatura() as datatrove has it", "trafilatura, recall": "WarcReader, Trafilatura(favour_precision=False, deduplicate=False)",
    "offprint": "WarcReader, Offprint(): the extractor exchanged", "stage": "CaptureReader, Extract()", "articles": "ArticleReader",
    "read": "WarcReader alone, which writes the HTML",
}


def make_warc(files, to):
    size = 0
    with open(to, "wb") as out:
        for number, path in enumerate(files):
            html = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
            block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + html
            head = (f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://pages.example/{path.name}\r\nWARC-Date: 2024-01-02T03:04:05Z\r\n"
                    f"WARC-Record-ID: <urn:uuid:{number:032x}>\r\nWARC-Identified-Payload-Type: text/html\r\n"
                    f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n")
            out.write(gzip.compress(head.encode() + block + b"\r\n\r\n", 6, mtime=0))
            size += len(html)
    return size


def cpu(way, folder, out):
    process = subprocess.Popen([sys.executable, "-c", RUN, way, str(folder), str(out)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    told = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)  # of the process and of those that it waited for
    if status != 0:
        sys.exit(f"{way}: {told.decode()[-2000:]}")
    return usage.ru_utime + usage.ru_stime


def main():
    folder, work, count = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    files = sorted(folder.iterdir())
    files = files[:: max(1, len(files) // count)][:count]
    (work / "none").mkdir(parents=True)
    (work / "pages").mkdir()
    make_warc(files[:1], work / "none/pages.warc.gz")
    size = make_warc(files, work / "pages/pages.warc.gz")
    print(f"{len(files)} pages, {size / 1e6:.0f} MB of HTML; CPU time less that of one page\n")
    print("| datatrove with | CPU s | ms a page | against Trafilatura() | documents |\n| --- | --- | --- | --- | --- |")
    first = None
    for way, name in NAMES.items():
        idle = cpu(way, work / "none", work / "out-none")
        seconds = cpu(way, work / "pages", work / "out") - idle
        first = first or seconds
        rows = sum(1 for file in (work / "out" / way).glob("*.jsonl") for line in open(file) if json.loads(line)["text"])
        print(f"| {name} | {seconds:.1f} | {1000 * seconds / len(files):.2f} | {first / seconds:.1f} × as fast | {rows} |", flush=True)


main()
