#!/usr/bin/env python3
"""Everything that is measured, from what folds.py and peers.py wrote: prints the tables, writes WORK/figures.json.

    figures.py --corpora CORPORA --labels roles/labels.jsonl --work WORK

Every figure of words, snippets, fields and roles is shared/eval/score.py's own, over the pages of WORK/pages.txt. field_labels.jsonl: title, author,
date, type and language of the pages of trafilatura-dev, read for this project (docs/evaluation.md says how).
"""
import argparse
import json
import random
import sys
from collections import Counter, defaultdict
from importlib.metadata import PackageNotFoundError
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / 'training'), str(ROOT / 'evaluate')]
from choose import Scored  # noqa: E402
from common import read_jsonl, score  # noqa: E402
from folds import WEIGHTS  # noqa: E402
from peers import PEERS, cached, version_of  # noqa: E402
from tables import print_tables  # noqa: E402

TYPES = ['article', 'documentation', 'service', 'forum', 'listing', 'collection', 'product']
STEPS = [0, 0.01, 0.03, 0.06, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.94, 0.97, 0.99, 1.0001]  # of probability


def mean(values):
    values = list(values)
    return sum(values) / len(values) if values else None


def standard_error(values):
    m = mean(values)
    return (sum((v - m) ** 2 for v in values) / max(len(values) - 1, 1) / len(values)) ** 0.5


class Corpus:
    """The pages that are evaluated, as a corpus that score.py reads, and what each system says of them."""

    def __init__(self, args):
        self.work = args.work
        self.pages = args.work.joinpath('pages.txt').read_text().split()
        self.folder = args.work / 'corpus'
        names = {c: {score.stem(p) for p in self.pages if p.startswith(c)} for c in ('wcxb-dev', 'trafilatura-dev')}
        truth = self.folder / 'wcxb-dev/ground-truth'
        truth.mkdir(parents=True, exist_ok=True)
        for old in truth.iterdir():
            old.unlink()
        for name in names['wcxb-dev']:
            (truth / f'{name}.json').symlink_to((args.corpora / f'wcxb-dev/ground-truth/{name}.json').resolve())
        snippets = json.loads((args.corpora / 'trafilatura-dev/snippets.json').read_text(encoding='utf-8'))
        (self.folder / 'trafilatura-dev').mkdir(exist_ok=True)
        (self.folder / 'trafilatura-dev/snippets.json').write_text(json.dumps({k: v for k, v in snippets.items() if k in names['trafilatura-dev']}))
        read = self.folder / 'read/ground-truth'
        read.mkdir(parents=True, exist_ok=True)
        for old in read.iterdir():
            old.unlink()
        evaluated = set(self.pages)
        self.read = [l for l in read_jsonl(ROOT / 'training/field_labels.jsonl') if l['page'] in evaluated]
        for label in self.read:
            truth_of = {'title': label.get('title'), 'author': ' '.join(label.get('author', [])), 'publish_date': label.get('date')}
            (read / f'{score.stem(label["page"])}.json').write_text(json.dumps({'ground_truth': truth_of}))
        self.truth = {f'wcxb-dev/html/{n}.html.gz': (kind, t) for n, kind, t in score.wcxb(self.folder / 'wcxb-dev')}
        self.labels = args.work / 'labels.jsonl'
        self.labels.write_text(''.join(json.dumps(l) + '\n' for l in read_jsonl(args.labels) if any(l['page'] in p for p in self.pages)))

    def file_of(self, system, corpus):
        return self.work / 'output' / system / f'{corpus}.jsonl'

    def outputs(self, system, corpus='wcxb-dev'):
        path = self.file_of(system, corpus)
        return {p['source']: p for p in read_jsonl(path)} if path.exists() else {}

    def take_peers(self):
        """The peers' answers from their caches, as files beside ours."""
        taken = {}
        for name in PEERS:
            try:
                _, found = cached(self.work / 'peers', name)
            except PackageNotFoundError:
                print(f'{name}: not installed, left out')
                continue
            if not all(p in found for p in self.pages):
                print(f'{name}: not run on all pages, left out ({sum(p in found for p in self.pages)} of {len(self.pages)})')
                continue
            for corpus in ('wcxb-dev', 'trafilatura-dev'):
                target = self.file_of(name, corpus)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(''.join(json.dumps(found[p]) + '\n' for p in self.pages if p.startswith(corpus)), encoding='utf-8')
            own = [found[p] for p in self.pages]
            taken[name] = {'version': version_of(name), 'failed': sum('failed' in p for p in own), 'seconds': sum(p.get('seconds', 20) for p in own)}
        return taken


def words_of(corpus, system, languages):
    """score.py's words, and each page's precision, recall and F1."""
    found = corpus.outputs(system)
    figures, _ = score.score_words(corpus.folder / 'wcxb-dev', corpus.file_of(system, 'wcxb-dev'))
    pages = {p: score.word_f1(found.get(p, {}).get('text'), t.get('main_content')) for p, (_, t) in corpus.truth.items()}
    by_type, by_language = defaultdict(list), defaultdict(list)
    for p, prf in pages.items():
        by_type[corpus.truth[p][0]].append(prf)
        by_language[languages.get(p, '?')].append(prf)
    means = lambda groups: {k: {'pages': len(v), 'precision': mean(x[0] for x in v), 'recall': mean(x[1] for x in v), 'f1': mean(x[2] for x in v)}
                            for k, v in sorted(groups.items(), key=lambda g: -len(g[1]))}
    return {**figures, 'error': standard_error([x[2] for x in pages.values()]), 'types': means(by_type), 'languages': means(by_language)}, pages


def snippets_of(corpus, system, languages):
    path = corpus.file_of(system, 'trafilatura-dev')
    if not path.exists():
        return {}
    figures, _ = score.score_snippets(corpus.folder / 'trafilatura-dev', path)
    found = corpus.outputs(system, 'trafilatura-dev')
    truth = json.loads((corpus.folder / 'trafilatura-dev/snippets.json').read_text())
    by_language = defaultdict(Counter)
    for p in (p for p in corpus.pages if p.startswith('trafilatura-dev')):
        t, text, at = truth[score.stem(p)], score.squeeze(found.get(p, {}).get('text')), by_language[languages.get(p, '?')]
        tp = sum(score.squeeze(s) in text for s in t['with'])
        at.update(pages=1, tp=tp, fn=len(t['with']) - tp, fp=sum(score.squeeze(s) in text for s in t['without']))
    figures['languages'] = {k: {'pages': c['pages'], 'f1': 2 * c['tp'] / max(1, 2 * c['tp'] + c['fp'] + c['fn'])}
                            for k, c in sorted(by_language.items(), key=lambda g: -g[1]['pages'])}
    return figures


def roles_of(corpus):
    """score.py's roles, and how often which role was said for which."""
    path = corpus.work / 'output/roles.jsonl'
    labelled = {l['page'] for l in read_jsonl(corpus.labels)}
    if not labelled:
        return {}
    with open(path, 'w', encoding='utf-8') as out:
        for c in ('wcxb-dev', 'trafilatura-dev'):
            for p, page in corpus.outputs('offprint', c).items():
                if any(l in p for l in labelled):
                    out.write(json.dumps({'source': p, 'blocks': [{'role': b['role'], 'text': b['text']} for b in page['blocks']]}) + '\n')
    confusions = Counter()

    class Recorder(Counter):
        """score.py counts pairs of roles in its only Counter whose keys are pairs; there is no other way to them."""
        def __setitem__(self, key, value):
            super().__setitem__(key, value)
            if isinstance(key, tuple):
                confusions[key] = value
    plain, score.Counter = score.Counter, Recorder
    try:
        figures, rows = score.score_roles(corpus.labels, path)
    finally:
        score.Counter = plain
    figures['confusions'] = [[g, p, n] for (g, p), n in confusions.most_common() if g != p][:20]
    return figures


# What readers complain of finding in a text. Words that pages use for it, in English, as the pages of wcxb-dev are.
LEAKS = {
    'consent': ['cookie', 'privacy policy', 'accept all'],
    'newsletter': ['your email', 'subscribe to our', 'sign up for'],
    'sharing': ['share this', 'follow us', 'share on'],
    'related': ['read more', 'related articles', 'related posts', 'you may also like', 'min read'],
    'page': ['skip to content', 'log in', 'leave a comment', 'add to cart', 'advertisement', 'table of contents'],
    'legal': ['all rights reserved', '©'],
}


def leaks_of(corpus, found):
    """Of each kind: pages whose text has such words where the reference has none of them; of all: pages that lost the reference's."""
    leaked, lost = Counter(), 0
    for p, (_, truth) in corpus.truth.items():
        said, reference = ((t or '').lower() for t in (found.get(p, {}).get('text'), truth.get('main_content')))
        for kind, phrases in LEAKS.items():
            leaked[kind] += any(w in said and w not in reference for w in phrases)
            lost += any(w in reference and w not in said for w in phrases)
    return {**{k: leaked[k] for k in LEAKS}, 'lost': lost}


def read_fields_of(corpus, system):
    """score.py's fields on the pages of field_labels.jsonl; of pages that nobody signs the share on which an author is said."""
    path = corpus.file_of(system, 'trafilatura-dev')
    if not path.exists() or not corpus.read:
        return {}
    figures, _ = score.score_fields(corpus.folder / 'read', path)
    found = corpus.outputs(system, 'trafilatura-dev')
    unsigned = [l['page'] for l in corpus.read if not l.get('author')]
    return {**figures, 'author said where none signs': mean(bool(found.get(p, {}).get('author')) for p in unsigned)}


def page_types_of(kinds, found):
    """kinds: pages, and what kind each is."""
    right, asked, said = Counter(), Counter(), Counter()
    for p, kind in kinds.items():
        got = found.get(p, {}).get('page_type', 'other')
        asked[kind] += 1
        said[kind, got] += 1
        right[kind] += kind == got
    return {'accuracy': sum(right.values()) / max(1, sum(asked.values())), 'types': {k: right[k] / asked[k] for k in TYPES if asked[k]},
            'confusions': [[g, p, n] for (g, p), n in said.most_common() if g != p][:8]}


def curve_and_calibration(corpus, data):
    """From the probe: precision and recall by the weight of recall; said probability against the share that is content."""
    shares = {t['page']: t['content'] for t in read_jsonl(data / 'targets.jsonl') if t['corpus'] == 'wcxb-dev' and t['reference']}
    curve, said, held, count = defaultdict(list), Counter(), Counter(), Counter()
    for page in read_jsonl(corpus.file_of('probe', 'wcxb-dev')):
        counted = Scored(page['texts'], corpus.truth[page['source']][1].get('main_content') or '')
        for weight, chosen in page['chosen'].items():
            curve[weight].append(counted.all(chosen))
        for p, words, share in zip(page['content'], page['words'], shares.get(page['source'], ())):
            if share is not None and words:
                step = next(i for i, s in enumerate(STEPS) if s > p)
                said[step] += p * words
                held[step] += share * words
                count[step] += words
    total = sum(count.values())
    steps = [{'said': said[i] / count[i], 'held': held[i] / count[i], 'share': count[i] / total} for i in sorted(count)]
    return {'curve': [{'weight': w, 'precision': mean(x[0] for x in curve[w]), 'recall': mean(x[1] for x in curve[w]), 'f1': mean(x[2] for x in curve[w])}
                      for w in WEIGHTS if w in curve],
            'calibration': {'steps': steps, 'error': sum(abs(s['said'] - s['held']) * s['share'] for s in steps)}}


def worst_of(corpus, ours, peers, count):
    """The pages that score lowest, with what the peers score there."""
    rows = []
    for p in sorted(ours, key=lambda p: (ours[p][2], p))[:count]:
        rows.append({'page': p, 'type': corpus.truth[p][0], 'precision': ours[p][0], 'recall': ours[p][1], 'f1': ours[p][2],
                     'peers': {n: peers[n][p][2] for n in peers}})
    return rows


def gains(ours, theirs):
    """Mean difference over pages and the range of 95 % of resamplings."""
    d = [ours[p][2] - theirs[p][2] for p in ours]
    r = random.Random(1)
    means = sorted(mean(r.choices(d, k=len(d))) for _ in range(300))
    return [mean(d), means[7], means[292]]


def measure(args):
    corpus = Corpus(args)
    peers = corpus.take_peers()
    language = lambda page: (page.get('language') or '?').split('-')[0]
    languages = {p: language(page) for c in ('wcxb-dev', 'trafilatura-dev') for p, page in corpus.outputs('offprint', c).items()}
    systems, pages = {}, {}
    for name in ['offprint', 'precision', 'recall', *peers]:
        words, pages[name] = words_of(corpus, name, languages)
        fields, _ = score.score_fields(corpus.folder / 'wcxb-dev', corpus.file_of(name, 'wcxb-dev'))
        systems[name] = {'words': words, 'snippets': snippets_of(corpus, name, languages), 'fields': fields, 'read_fields': read_fields_of(corpus, name),
                         'leaks': leaks_of(corpus, corpus.outputs(name)), **peers.get(name, {})}
    for name in peers:
        systems[name]['behind'] = gains(pages['offprint'], pages[name])
    found = corpus.outputs('offprint')
    return {'pages': len(corpus.pages), 'wcxb': len(corpus.truth), 'peers': list(peers), 'systems': systems,
            'ships': json.loads((args.work / 'ships.json').read_text()), 'trained': args.trained,
            'roles': roles_of(corpus), 'page_type': page_types_of({p: kind for p, (kind, _) in corpus.truth.items()}, found),
            'read_page_type': page_types_of({l['page']: l['type'] for l in corpus.read}, corpus.outputs('offprint', 'trafilatura-dev')), **curve_and_calibration(corpus, args.data),
            'each': {p: [corpus.truth[p][0], *(round(x, 4) for x in pages['offprint'][p]), max([pages[n][p][2] for n in peers], default=0)] for p in corpus.truth},
            'worst': worst_of(corpus, pages['offprint'], {n: pages[n] for n in peers}, args.worst)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ('corpora', 'labels', 'work', 'data'):
        parser.add_argument(f'--{name}', required=True, type=Path)
    parser.add_argument('--worst', type=int, default=50)
    parser.add_argument('--trained', default='')
    args = parser.parse_args()
    figures = measure(args)
    (args.work / 'figures.json').write_text(json.dumps(figures, indent=1), encoding='utf-8')
    print_tables(figures)


if __name__ == '__main__':
    sys.exit(main())
