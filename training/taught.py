"""What large nets (teacher.py) say of the pages that they have not seen: targets for the net that is shipped, beside the labels.

    taught.py TARGETS BLOCKS SAID       makes taught.npz of what teacher.py wrote into the folder SAID
    taught.py --carry OLD NEW           the same chances for changed blocks: OLD and NEW are blocks.jsonl of before and behind the change

taught.npz holds chances in fifteenths: `all`, where a page was kept from its teacher only, and `fold0` to `fold4`, where the pages of that fold were
kept from it, too, so that figures out of fold stay that. A page whose blocks have changed since is as good as not there, until its chances
are carried to its new blocks: to those that hold the same letters and digits; nothing is known of others.
"""
import sys
import zlib
from collections import namedtuple
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np

from common import FOLDS, ROLES, corpus_key, pages_and_texts, read_jsonl, text_hash

FILE = Path(__file__).parent / 'taught.npz'
STEPS = 15
UNKNOWN = 255  # content of a block of which nothing is known
PARTS = ('content', 'likeliest', 'others', 'role', 'chance')

Taught = namedtuple('Taught', 'content roles')  # a number and len(ROLES) numbers a row; all 0 where nothing is said of a row


def page_hash(texts):
    return zlib.crc32('\n'.join(texts).encode('utf-8', 'surrogatepass'))


def pack(content, roles):
    """Chances of rows → what is kept: the likeliest role, the chances of all others that come to a step or more."""
    likeliest = roles.argmax(1)
    steps = np.rint(roles * STEPS).astype(np.uint8)
    steps[np.arange(len(roles)), likeliest] = 0
    row, role = np.nonzero(steps)
    return dict(content=np.rint(content * STEPS).astype(np.uint8), likeliest=likeliest.astype(np.uint8), others=(steps > 0).sum(1).astype(np.uint8),
                role=role.astype(np.uint8), chance=steps[row, role])


def unpack(content, likeliest, others, role, chance):
    roles = np.zeros((len(content), len(ROLES)), np.float32)
    roles[np.repeat(np.arange(len(content)), others), role] = chance / np.float32(STEPS)
    roles[np.arange(len(content)), likeliest] = 1 - roles.sum(1)
    roles[content == UNKNOWN] = 0
    return np.where(content == UNKNOWN, 0, content / np.float32(STEPS)).astype(np.float32), roles


def load(pages, texts, fold, file=FILE):
    """For the pages outside of the fold (None: for all). None where nothing is known of them, as for a corpus of other pages; and, for
    a fold, where any page was dealt into another one since: it may be known to teachers that must not know it."""
    if not file.exists():
        return None
    with np.load(file) as kept:
        begin = np.concatenate([[0], np.cumsum(kept['sizes'].astype(np.int64))]).tolist()
        known = {page: at for page, *at in zip(*(kept[name].tolist() for name in ('pages', 'hashes', 'folds')), begin)}
        if fold is not None and any(known[page['page']][1] != page['fold'] for page in pages if page['page'] in known):
            return None
        name = 'all' if fold is None else f'fold{fold}'
        content, roles = unpack(*(kept[f'{name}_{part}'] for part in PARTS))
    of_content, of_roles = [], []
    for page, text in zip(pages, texts):
        hashed, _, at = known.get(page['page'], (None, None, 0))
        same = page['fold'] != fold and hashed == page_hash(text)
        of_content.append(content[at:at + len(text)] if same else np.zeros(len(text), np.float32))
        of_roles.append(roles[at:at + len(text)] if same else np.zeros((len(text), len(ROLES)), np.float32))
    taught = Taught(np.concatenate(of_content), np.concatenate(of_roles))
    return taught if taught.roles.any() else None


def same_blocks(old, new):
    """Of each new block the old one that holds the same letters and digits, -1 where there is none."""
    found = np.full(len(new), -1)
    for a, b, size in SequenceMatcher(None, *([text_hash(t) for t in texts] for texts in (old, new)), autojunk=False).get_matching_blocks():
        found[b:b + size] = np.arange(a, a + size)
    return found


def carry(old, new):
    texts_of = lambda file: {corpus_key(p['page']): [b['text'] for b in p['blocks']] for p in read_jsonl(file)}
    before, after = texts_of(old), texts_of(new)
    with np.load(FILE) as kept:
        kept = dict(kept)
    begin = np.concatenate([[0], np.cumsum(kept['sizes'].astype(np.int64))])
    rows, changed = [], 0
    for i, page in enumerate(kept['pages'].tolist()):
        assert kept['hashes'][i] == page_hash(before[page]), f'{page}: these are not the blocks that {FILE.name} is of'
        if before[page] == after[page]:
            rows.append(begin[i] + np.arange(len(after[page])))
            continue
        found = same_blocks(before[page], after[page])
        rows.append(np.where(found < 0, -1, begin[i] + found))
        kept['hashes'][i], kept['sizes'][i] = page_hash(after[page]), len(after[page])
        changed += 1
    rows = np.concatenate(rows)
    for name in ['all', *(f'fold{k}' for k in range(FOLDS))]:
        content, roles = unpack(*(kept[f'{name}_{part}'] for part in PARTS))
        packed = pack(content[rows], roles[rows])
        packed['content'][rows < 0] = UNKNOWN
        kept.update({f'{name}_{part}': values for part, values in packed.items()})
    np.savez_compressed(FILE, **kept)
    print(f'{FILE.name}: {changed} pages have changed, {(rows < 0).sum()} of {len(rows)} blocks are not known')


def main(targets, blocks, said):
    pages, texts = pages_and_texts(targets, blocks)
    sizes = np.array([len(t) for t in texts])
    fold = np.repeat([p['fold'] for p in pages], sizes)
    kept = dict(pages=np.array([p['page'] for p in pages]), hashes=np.array([page_hash(t) for t in texts], np.uint32),
                sizes=sizes.astype(np.uint32), folds=np.array([p['fold'] for p in pages], np.uint8))
    for held in [None, *range(FOLDS)]:
        content, roles = np.zeros(len(fold), np.float32), np.zeros((len(fold), len(ROLES)), np.float32)
        for k in range(FOLDS):
            if k == held:
                continue
            out = sorted({k} if held is None else {k, held})
            files = sorted(Path(said).glob(f'*_{"".join(map(str, out))}.npz'))
            assert files, f'no teacher of what folds {out} were kept from'
            rows = np.isin(fold, out)
            of_fold = fold[rows] == k
            for file in files:
                with np.load(file) as told:
                    content[fold == k] += told['content'][of_fold].astype(np.float32) / len(files)
                    roles[fold == k] += told['roles'][of_fold].astype(np.float32) / len(files)
        roles /= np.maximum(roles.sum(1, keepdims=True), 1e-6)
        for part, values in pack(content, roles).items():
            kept[f'{"all" if held is None else f"fold{held}"}_{part}'] = values
    np.savez_compressed(FILE, **kept)
    print(f'{FILE.name}: {len(pages)} pages, {len(fold)} rows, {FILE.stat().st_size // 1024} KB')


if __name__ == '__main__':
    sys.exit(carry(*sys.argv[2:]) if sys.argv[1] == '--carry' else main(*sys.argv[1:]))
