#!/usr/bin/env python3
"""Blocks of pages + what people said about the pages → targets of training (the labels of MODEL.md).

    labels.py --blocks blocks.jsonl --out targets.jsonl

wcxb-dev          content = share of a block's words that the reference covers; role where the page is in roles/labels.jsonl or in
                  role_labels.jsonl beside this script
trafilatura-dev   content = 1 where a snippet that must be in the text stands, 0 where one that must not; else what the
                  role says; else null

A line of targets.jsonl is one page: page, corpus, type, domain, fold, reference (whether a reference text exists), and, a value
a block: content (0..1 or null), weight, role (index of enum Role or -1). Pages without any label are left out.
"""
import argparse
import json
import sys
from collections import Counter, defaultdict
from multiprocessing import Pool

import numpy as np

from common import FOLDS, ROLES, ROOT, SHARED, corpus_key, digest, domain, read_jsonl, score, text_hash, word_f1, words

SIZES = (8, 5, 3, 2, 1)
MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)


def hashes(ids, n):
    """A number for the n words from each position (wrapping arithmetic on 64 bits, so collisions do not matter here)."""
    if len(ids) < n:
        return np.empty(0, np.uint64)
    out = np.zeros(len(ids) - n + 1, np.uint64)
    for k in range(n):
        out = (out + ids[k:len(ids) - n + 1 + k]) * MULTIPLIER
        out ^= out >> np.uint64(29)
    return out


def longest_increasing(values):
    """Positions of a longest strictly increasing subsequence."""
    import bisect
    tails, tail_at, before = [], [], [-1] * len(values)
    for i, v in enumerate(values):
        k = bisect.bisect_left(tails, v)
        if k:
            before[i] = tail_at[k - 1]
        if k == len(tails):
            tails.append(v)
            tail_at.append(i)
        else:
            tails[k], tail_at[k] = v, i
    chain, i = [], tail_at[-1] if tail_at else -1
    while i >= 0:
        chain.append(i)
        i = before[i]
    return chain[::-1]


def common_unique(left, right):
    """Pairs (i, j) of hashes that occur once on each side, by i."""
    if len(left) + len(right) > 600:
        lv, li, lc = np.unique(left, return_index=True, return_counts=True)
        rv, ri, rc = np.unique(right, return_index=True, return_counts=True)
        _, a, b = np.intersect1d(lv[lc == 1], rv[rc == 1], assume_unique=True, return_indices=True)
        pairs = sorted(zip(li[lc == 1][a].tolist(), ri[rc == 1][b].tolist()))
        return pairs
    seen, twice = {}, set()
    for j, h in enumerate(right.tolist()):
        if h in seen:
            twice.add(h)
        seen[h] = j
    mine = Counter(left.tolist())
    return [(i, seen[h]) for i, h in enumerate(left.tolist()) if mine[h] == 1 and h in seen and h not in twice]


def align(left, right):
    """For each word of left the position in right it is matched to, or -1: in order, patience fashion."""
    match = np.full(len(left), -1, np.int64)
    gaps = [(0, len(left), 0, len(right))]
    for n in SIZES:
        a_hash, b_hash = hashes(left, n), hashes(right, n)
        rest = []
        while gaps:
            a0, a1, b0, b1 = gaps.pop()
            # What the gap begins and ends with on both sides needs no anchor.
            while a0 < a1 and b0 < b1 and left[a0] == right[b0]:
                match[a0] = b0
                a0, b0 = a0 + 1, b0 + 1
            while a0 < a1 and b0 < b1 and left[a1 - 1] == right[b1 - 1]:
                a1, b1 = a1 - 1, b1 - 1
                match[a1] = b1
            if a0 >= a1 or b0 >= b1:
                continue
            if a1 - a0 < n or b1 - b0 < n:
                rest.append((a0, a1, b0, b1))
                continue
            pairs = common_unique(a_hash[a0:a1 - n + 1], b_hash[b0:b1 - n + 1])
            if not pairs:
                rest.append((a0, a1, b0, b1))
                continue
            a, b = a0, b0
            for k in longest_increasing([j for _, j in pairs]):
                i, j = a0 + pairs[k][0], b0 + pairs[k][1]
                if i < a or j < b:
                    if i + n <= a or j + n <= b or i - j != a - b:
                        continue  # overlaps with what was matched before, on another diagonal
                    i, j = a, b   # the rest of an anchor that runs on from the last
                    size = a0 + pairs[k][0] + n - a
                else:
                    size = n
                    while i > a and j > b and left[i - 1] == right[j - 1]:
                        i, j, size = i - 1, j - 1, size + 1
                    rest.append((a, i, b, j))
                while i + size < a1 and j + size < b1 and left[i + size] == right[j + size]:
                    size += 1
                match[i:i + size] = np.arange(j, j + size)
                a, b = i + size, j + size
            rest.append((a, a1, b, b1))
        gaps = [g for g in rest if g[0] < g[1] and g[2] < g[3]]
    return match


def cover_rest(page, reference, covered, block_of, hidden, shortest=3):
    """Matches runs of reference words that the alignment left against uncovered page words, in any order. Greedy: the
    longest run wins, of equals the one in a visible block, then the one nearest behind the last match."""
    used = np.zeros(len(reference), bool)
    used[covered[covered >= 0]] = True
    free_page = covered < 0
    where = defaultdict(list)
    ids = page.tolist()
    free = free_page.tolist()
    for i in range(len(ids) - shortest + 1):
        if free[i] and free[i + 1] and free[i + 2]:
            where[ids[i], ids[i + 1], ids[i + 2]].append(i)
    ref, taken = reference.tolist(), used.tolist()
    last, j = 0, 0
    while j + shortest <= len(ref):
        if taken[j]:
            j += 1
            continue
        best = None
        for i in where.get((ref[j], ref[j + 1], ref[j + 2]), ())[:64]:
            size = 0
            while i + size < len(ids) and j + size < len(ref) and free[i + size] and not taken[j + size] \
                    and ids[i + size] == ref[j + size]:
                size += 1
            if size >= shortest:
                key = (size, not hidden[block_of[i]], i >= last, -abs(i - last))
                if best is None or key > best[0]:
                    best = key, i, size
        if best is None:
            j += 1
            continue
        _, i, size = best
        for k in range(size):
            free[i + k], taken[j + k] = False, True
            covered[i + k] = j + k
        j, last = j + size, i + size
    return covered


def number(*texts):
    """Word numbers, the same word the same number in all the texts."""
    known = {}
    return [np.array([known.setdefault(w, len(known) + 1) for w in t], np.uint64) for t in texts]


def coverage(blocks, reference):
    """Share of each block's words that the reference covers, and the blocks' words."""
    texts = [words(b['text']) for b in blocks]
    block_of = np.repeat(np.arange(len(blocks)), [len(t) for t in texts])
    page, ref = number([w for t in texts for w in t], words(reference))
    hidden = np.array([b.get('hidden', 'no') not in ('no', 'noscript') for b in blocks], bool)
    covered = np.full(len(page), -1, np.int64)
    if len(page):
        shown = ~hidden[block_of]
        covered[shown] = align(page[shown], ref)
        covered = cover_rest(page, ref, covered, block_of, hidden)
    hits = np.bincount(block_of[covered >= 0], minlength=len(blocks)) if len(page) else np.zeros(len(blocks))
    sizes = np.array([len(t) for t in texts])
    return np.where(sizes, hits / np.maximum(sizes, 1), 0), texts


def content_of_reference(blocks, reference):
    """Content labels and weights of a page with a reference text."""
    share, texts = coverage(blocks, reference)
    weight = np.sqrt([len(t) for t in texts])
    # A second copy of a block that the reference has once (mobile and desktop, sticky titles) looks like the first in
    # every way; which of the two is covered is chance. It says nothing, so it gets no say.
    first = {}
    for i, t in enumerate(texts):
        if len(t) >= 4:
            first.setdefault(tuple(t), []).append(i)
    for same in first.values():
        if len(same) > 1 and max(share[same]) >= 0.5:
            for i in same:
                if share[i] < 0.5:
                    weight[i] = 0
    return share, weight


def content_of_snippets(blocks, wanted, unwanted):
    """Content labels from trafilatura's snippets: sure positives and negatives, the rest unknown."""
    texts = [score.squeeze(b['text']) for b in blocks]
    content = [None] * len(blocks)
    for snippets, value in ((wanted, 1.0), (unwanted, 0.0)):
        for s in map(score.squeeze, snippets):
            at = [i for i, t in enumerate(texts) if s and s in t]
            # A snippet that stands in many blocks does not say which one is meant.
            for i in at if len(at) <= 3 else ():
                content[i] = value if content[i] in (None, value) else -1.0
    content = [None if c == -1.0 else c for c in content]
    weight = [float(np.sqrt(len(words(t)))) if c is not None else 0.0 for t, c in zip(texts, content)]
    return content, weight


# How much of the blocks of a role WCXB's references cover, on the pages that have both (labels.py prints it anew).
COVERED = {'body': 0.9, 'standfirst': 0.7, 'notice': 0.2, 'related': 0.15, 'date': 0.15, 'byline': 0.15, 'headline': 0.15, 'caption': 0.1}


def content_of_roles(blocks, roles, content, weight):
    """Where no snippet spoke, a labelled role says how likely a block is content."""
    for i, role in enumerate(roles):
        if role >= 0 and content[i] is None:
            content[i] = COVERED.get(ROLES[role], 0.0)
            weight[i] = float(np.sqrt(len(words(blocks[i]['text']))))
    return content, weight


def roles_of(blocks, labelled):
    """The role most of a block's words have in the labels; -1 where fewer than half of its words are found there."""
    mine, theirs = [words(b['text']) for b in blocks], [words(b['text']) for b in labelled]
    left, right = number([w for t in mine for w in t], [w for t in theirs for w in t])
    role_of = np.repeat([ROLES.index(b['role']) for b in labelled], [len(t) for t in theirs])
    match = align(left, right)
    out, at = [], 0
    for t in mine:
        got = match[at:at + len(t)]
        at += len(t)
        got = got[got >= 0]
        out.append(int(np.bincount(role_of[got]).argmax()) if len(t) and 2 * len(got) >= len(t) else -1)
    return out


def make_folds(pages):
    """Domain → fold: five groups of whole domains, each type dealt out evenly; depends on names alone."""
    kinds = defaultdict(Counter)
    for p in pages:
        kinds[p['domain']][p['type']] += 1
    load, fold_of = defaultdict(lambda: [0] * FOLDS), {}
    for name in sorted(kinds, key=lambda d: (-sum(kinds[d].values()), digest(d))):
        kind = min(kinds[name], key=lambda k: (-kinds[name][k], k))
        fold = min(range(FOLDS), key=lambda f: (load[kind][f], sum(l[f] for l in load.values()), f))
        fold_of[name] = fold
        for k, n in kinds[name].items():
            load[k][fold] += n
    return fold_of


REFERENCES = SNIPPETS = LABELLED = None


def read_truth():
    global REFERENCES, SNIPPETS, LABELLED
    REFERENCES = {}
    for name, kind, truth in score.wcxb(SHARED / 'corpora/wcxb-dev'):
        url = json.loads((SHARED / f'corpora/wcxb-dev/ground-truth/{name}.json').read_text(encoding='utf-8'))['url']
        REFERENCES[f'wcxb-dev/html/{name}.html.gz'] = kind, url, truth.get('main_content') or ''
    SNIPPETS = {f'trafilatura-dev/html/{k}.html.gz': v for k, v in
                json.loads((SHARED / 'corpora/trafilatura-dev/snippets.json').read_text(encoding='utf-8')).items()}
    global OWN
    OWN = {l['page']: [(hash, role) for role, *hashes in map(str.split, l['blocks']) for hash in hashes]
           for l in read_jsonl(ROOT / 'training/role_labels.jsonl')}
    LABELLED = {corpus_key(l['page']): l['blocks'] for l in read_jsonl(SHARED / 'roles/labels.jsonl')}


def roles_of_own(blocks, labelled):
    """Our own labels, by hash: blocks that came through a change of the block finder keep their role, in page order."""
    roles, at = [], defaultdict(list)
    for hash, role in reversed(labelled):
        at[hash].append(ROLES.index(role))
    for b in blocks:
        left = at.get(text_hash(b['text']))
        roles.append(left.pop() if left else -1)
    return roles


def target(page):
    key, blocks = corpus_key(page['page']), page['blocks']
    out = {'page': key, 'corpus': key.split('/')[0]}
    roles = roles_of(blocks, LABELLED[key]) if key in LABELLED else (
        roles_of_own(blocks, OWN[key]) if key in OWN else [-1] * len(blocks))
    if key in REFERENCES:
        kind, url, reference = REFERENCES[key]
        content, weight = content_of_reference(blocks, reference)
        out |= {'type': kind, 'domain': domain(url), 'reference': bool(words(reference))}
        if not out['reference']:
            content, weight = [None] * len(blocks), [0] * len(blocks)
    elif key in SNIPPETS:
        s = SNIPPETS[key]
        content, weight = content_of_roles(blocks, roles, *content_of_snippets(blocks, s['with'], s['without']))
        out |= {'type': 'snippets', 'domain': domain(s['url']), 'reference': False}
    else:
        return None
    out['content'] = [None if c is None else round(float(c), 4) for c in content]
    out['weight'] = [round(float(w), 4) for w in weight]
    out['role'] = roles
    if key in REFERENCES and out['reference']:
        chosen = ' '.join(b['text'] for b, c in zip(blocks, out['content']) if c >= 0.5)
        out['ceiling'] = round(word_f1(chosen, REFERENCES[key][2])[2], 4)
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--blocks', required=True)
    parser.add_argument('--out', required=True)
    parser.add_argument('--jobs', type=int, default=2)
    args = parser.parse_args()
    read_truth()
    with Pool(args.jobs) as pool:
        pages = [p for p in pool.imap(target, read_jsonl(args.blocks), 8) if p]
    folds = make_folds(pages)
    with open(args.out, 'w', encoding='utf-8') as out:
        for p in pages:
            p['fold'] = folds[p['domain']]
            out.write(json.dumps(p, separators=(',', ':')) + '\n')
    ceiling = [p['ceiling'] for p in pages if 'ceiling' in p]
    print(f'{len(pages)} pages, {sum(len(p["content"]) for p in pages)} blocks, {len(folds)} domains; '
          f'pages by fold {sorted(Counter(p["fold"] for p in pages).items())}')
    print(f'word F1 of the blocks labelled 0.5 and more: {np.mean(ceiling):.4f} over {len(ceiling)} pages with a reference')
    by_type = defaultdict(list)
    for p in pages:
        if 'ceiling' in p:
            by_type[p['type']].append(p['ceiling'])
    print('  ' + ', '.join(f'{k} {np.mean(v):.3f}' for k, v in sorted(by_type.items())))
    print(f'blocks with a role: {sum(r >= 0 for p in pages for r in p["role"])}; blocks of trafilatura-dev with a content label: '
          f'{sum(c is not None for p in pages if p["type"] == "snippets" for c in p["content"])}')
    roles = defaultdict(list)
    for p in pages:
        if p['reference']:
            for r, c in zip(p['role'], p['content']):
                if r >= 0:
                    roles[ROLES[r]].append(c)
    print('share covered by the reference, by role: ' +
          ', '.join(f'{k} {np.mean(v):.2f} ({len(v)})' for k, v in sorted(roles.items(), key=lambda x: -np.mean(x[1]))))


if __name__ == '__main__':
    sys.exit(main())
