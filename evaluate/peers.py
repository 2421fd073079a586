#!/usr/bin/env python3
"""Runs other extractors, with their default settings, over the same pages.

    peers.py --pages LIST --corpora CORPORA --cache DIR [NAME ...]

LIST holds a page's path under CORPORA a line. DIR/NAME-VERSION.jsonl keeps what each version gave for each page, so that
only pages that it lacks are run. A page has SECONDS of CPU time in a process of its own; what hangs or crashes gives nothing
for that page, says so in "failed", and the run goes on.
"""
import argparse
import gzip
import importlib.metadata
import json
import multiprocessing
import os
import resource
import sys
import time
import warnings
from pathlib import Path

SECONDS = 20       # of CPU time
PATIENCE = 120     # of wall time, for what waits for ever
PEERS = {'trafilatura': 'trafilatura', 'rs-trafilatura': 'rs-trafilatura', 'resiliparse': 'Resiliparse',
         'newspaper4k': 'newspaper4k', 'readability-lxml': 'readability-lxml'}  # name → distribution


def run_trafilatura(html):
    import trafilatura
    d = trafilatura.bare_extraction(html, with_metadata=True)
    if d is None:
        return {}
    # As trafilatura.extract() does it: comments, which it takes along by default, come behind the text.
    return {'text': '\n'.join(t for t in (d.text, d.comments) if t), 'title': d.title, 'author': d.author, 'date': d.date}


def run_rs_trafilatura(html):
    import rs_trafilatura
    d = rs_trafilatura.extract_bytes(html)
    return {'text': d.main_content, 'title': d.title, 'author': d.author, 'date': d.date}


def run_resiliparse(html):
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import detect_encoding
    from resiliparse.parse.html import HTMLTree
    tree = HTMLTree.parse_from_bytes(html, detect_encoding(html))
    return {'text': extract_plain_text(tree, main_content=True), 'title': tree.title}


def run_newspaper4k(html):
    warnings.filterwarnings('ignore')
    import newspaper
    article = newspaper.Article('http://localhost/', fetch_images=False)
    article.download(input_html=html)
    article.parse()
    return {'text': article.text, 'title': article.title, 'author': article.authors,
            'date': article.publish_date.isoformat() if article.publish_date else None}


def run_readability_lxml(html):
    import lxml.html
    import readability
    document = readability.Document(html)
    body = lxml.html.fromstring(document.summary())
    for block in body.iter('p', 'div', 'li', 'br', 'tr', 'td', 'th', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'pre', 'dt', 'dd'):
        block.tail = '\n' + (block.tail or '')
    return {'text': body.text_content(), 'title': document.short_title()}


RUN = {'trafilatura': run_trafilatura, 'rs-trafilatura': run_rs_trafilatura, 'resiliparse': run_resiliparse,
       'newspaper4k': run_newspaper4k, 'readability-lxml': run_readability_lxml}


def serve(name, corpora, pipe):
    """In a process of its own: a page's path comes in, what was found goes out."""
    # What peers print is not ours to show.
    sys.stdout = sys.stderr = open(os.devnull, 'w')
    os.dup2(sys.stderr.fileno(), 2)
    used = lambda: resource.getrusage(resource.RUSAGE_SELF)
    cpu = lambda: used().ru_utime + used().ru_stime
    while (page := pipe.recv()) is not None:
        html = gzip.open(Path(corpora, page)).read()
        start = cpu()
        # The kernel ends the process when the page has had its time.
        resource.setrlimit(resource.RLIMIT_CPU, (int(start) + SECONDS + 1, resource.RLIM_INFINITY))
        try:
            found = RUN[name](html)
        except Exception as error:  # whatever a peer throws is a page without text
            found = {'failed': f'{type(error).__name__}: {error}'[:200]}
        pipe.send({'source': page, **{k: v for k, v in found.items() if v}, 'seconds': round(cpu() - start, 4)})


class Worker:
    def __init__(self, name, corpora):
        self.pipe, theirs = multiprocessing.Pipe()
        self.process = multiprocessing.get_context('fork').Process(target=serve, args=(name, corpora, theirs), daemon=True)
        self.process.start()
        theirs.close()

    def run(self, page):
        """What was found, or None where the process is gone."""
        try:
            self.pipe.send(page)
            if self.pipe.poll(PATIENCE):
                return self.pipe.recv()
        except (EOFError, OSError):
            pass
        self.process.kill()
        self.process.join()
        return None


def version_of(name):
    return importlib.metadata.version(PEERS[name])


def cached(cache, name):
    path = Path(cache, f'{name}-{version_of(name)}.jsonl')
    found = {}
    for line in path.read_text(encoding='utf-8').split('\n') if path.exists() else ():
        try:
            page = json.loads(line)
        except ValueError:  # the last line of a run that was stopped
            continue
        found[page['source']] = page
    return path, found


def run_peer(name, pages, corpora, cache):
    """What the peer says of the pages, from the cache where it is there."""
    path, found = cached(cache, name)
    left = [p for p in pages if p not in found]
    worker, start = None, time.time()
    with open(path, 'a', encoding='utf-8') as out:
        out.write('\n' if left else '')
        for page in left:
            worker = worker or Worker(name, corpora)
            got = worker.run(page)
            if got is None:
                worker, got = None, {'source': page, 'failed': f'gave no answer in {SECONDS} s'}
            found[page] = got
            out.write(json.dumps(got, ensure_ascii=False, default=str) + '\n')
            out.flush()
    if worker:
        worker.pipe.send(None)
        worker.process.join()
    failed = sum('failed' in found[p] for p in pages)
    print(f'{name} {version_of(name)}: {len(pages)} pages, {len(left)} of them now in {time.time() - start:.0f} s, {failed} failed', flush=True)
    return {p: found[p] for p in pages}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--pages', required=True, type=Path)
    parser.add_argument('--corpora', required=True)
    parser.add_argument('--cache', required=True, type=Path)
    parser.add_argument('names', nargs='*', default=list(PEERS))
    args = parser.parse_args()
    args.cache.mkdir(parents=True, exist_ok=True)
    pages = args.pages.read_text().split()
    for name in args.names:
        run_peer(name, pages, args.corpora, args.cache)


if __name__ == '__main__':
    sys.exit(main())
