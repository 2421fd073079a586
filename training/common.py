"""What the training scripts share: words, roles, registrable domains, the scorer, reading and writing of the data."""
import gzip
import hashlib
import importlib.util
import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / 'shared'
FOLDS = 5

# The order of enum Role in include/offprint/document.h.
ROLES = re.findall(r'^  (\w+),', (ROOT / 'include/offprint/document.h').read_text(encoding='utf-8')
                   .split('enum class Role')[1].split('};')[0], re.M)
assert len(ROLES) == 23, ROLES

_spec = importlib.util.spec_from_file_location('score', SHARED / 'eval/score.py')
score = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(score)
words = score.words
word_f1 = score.word_f1

# Second-level labels under which a country's registry hands out names ("co.uk"), and sites that hand out names of their
# own ("someone.github.io"): there the domain is one label longer.
SECOND_LEVEL = frozenset('ac asn co com edu gen go gob gouv gov gv id info ltd me mil ne net nhs nom or org plc sch web'.split())
HOSTS = frozenset('''appspot.com blogspot.com github.io gitlab.io herokuapp.com myshopify.com netlify.app pages.dev readthedocs.io
substack.com tumblr.com typepad.com vercel.app web.app weebly.com wixsite.com wordpress.com'''.split())


def domain(url):
    """The registrable domain of an address: example.co.uk, someone.wordpress.com."""
    host = (urlsplit(url if '//' in url else '//' + url).hostname or '').rstrip('.').lower()
    if re.fullmatch(r'[\d.]+|.*:.*', host):
        return host
    labels = host.split('.')
    size = 2
    if len(labels) >= 3:
        two = '.'.join(labels[-2:])
        if two in HOSTS or labels[-2] == 'blogspot' or (len(labels[-1]) == 2 and labels[-2] in SECOND_LEVEL):
            size = 3
        if len(labels) >= 4 and labels[-3] == 'blogspot' and labels[-2] == 'com':
            size = 4
    return '.'.join(labels[-size:])


def digest(text):
    """A number that depends on the text alone, in every run and on every machine."""
    return int.from_bytes(hashlib.blake2b(text.encode('utf-8'), digest_size=8).digest(), 'little')


def read_jsonl(path):
    opener = gzip.open if str(path).endswith('.gz') else open
    with opener(path, 'rt', encoding='utf-8') as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def corpus_key(path):
    """The page's path under corpora/, however it was given: wcxb-dev/html/0001.html.gz"""
    return '/'.join(Path(path).parts[-3:])


def pages_and_texts(targets, blocks):
    """The pages of targets.jsonl, and of each the texts of its blocks."""
    pages = list(read_jsonl(targets))
    texts = {corpus_key(p['page']): [b['text'] for b in p['blocks']] for p in read_jsonl(blocks)}
    for p in pages:
        assert len(p['content']) == len(texts[p['page']]), f'{p["page"]}: {len(p["content"])} targets, {len(texts[p["page"]])} blocks'
    return pages, [texts[p['page']] for p in pages]


def folder_of(out, fold=None):
    """Where the models of all pages lie, or those that have not seen a fold."""
    folder = out if fold is None else out / f'fold{fold}'
    folder.mkdir(parents=True, exist_ok=True)
    return folder


class Matrix:
    """The features that `offprint-features matrix` wrote: one row a block, in the order of targets.jsonl."""

    def __init__(self, folder, rows):
        self.folder, self.rows = Path(folder), rows
        self.names = (self.folder / 'names.txt').read_text(encoding='utf-8').split('\n')
        self.names = [n for n in self.names if n]

    def load(self, which):
        path = self.folder / (f'fold{which}.f32' if isinstance(which, int) else f'{which}.f32')
        data = np.fromfile(path, '<f4').reshape(-1, len(self.names))
        assert len(data) == self.rows, f'{path}: {len(data)} rows, {self.rows} blocks in the targets'
        assert np.isfinite(data).all(), f'{path} holds NaN or infinity'
        return data


def column_names(file, names):
    """Those of all features that a file beside this one lists."""
    asked = set((Path(__file__).parent / file).read_text().split())
    assert asked <= set(names), asked - set(names)
    return asked


def page_input_names(names):
    """What the page model sees, of all features: page_input_names() of src/roles/page_type.h."""
    of_page = names.index('words')
    return names[:of_page] + [f'chance_{role}' for role in ROLES] + [f'mean_{name}' for name in names[of_page:]]


def text_hash(text):
    """Of a block's letters and digits, by which role_labels.jsonl knows it again: where words are parted may change."""
    return hashlib.blake2b(''.join(words(text)).encode() or text.encode(), digest_size=6).hexdigest()[:8]
