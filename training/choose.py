"""From the probabilities of a page's blocks to the blocks that make its text, and what that scores.

The twin of the choice in src/roles (choose_content), but for what is done there alone: holes of lists are filled, tables keep their heads,
what says whose quotation it is goes with it, and what only screen readers are told is left out. What is tuned here is copied there.
"""
from collections import Counter

import numpy as np

from common import score, words

LEAST_EXPECTED = 0.2  # give nothing back below this expected F1
COPY_WORDS = 8        # a chosen block of so many words whose text was chosen already is dropped,
FEW_COPIES, SURE_COPY = 10, 0.97  # but where that is no more than one word of so many, not if it is so likely
WORDS_OF_A_ROLE = 700  # a word among so many that are expected counts as much as a role that is right


def best_prefix(p, n, favor=1.0):
    """Most probable blocks first: how many of them maximise the expected F1, and that F1."""
    order = np.argsort(-p, kind='stable')
    pn = p[order] * n[order] * favor
    expected = 2 * np.cumsum(pn) / np.maximum(np.cumsum(n[order]) + pn.sum(), 1e-9)
    if not len(expected):
        return order, 0.0
    k = int(expected.argmax())
    return order[:k + 1], float(expected[k])


def without_copies(chosen, texts, n, p):
    """Chosen blocks in page order, later copies of long texts left out."""
    chosen, seen, copies = sorted(chosen), set(), []
    for i in chosen:
        if n[i] >= COPY_WORDS:
            if texts[i] in seen:
                copies.append(i)
            seen.add(texts[i])
    few = sum(n[i] for i in copies) * FEW_COPIES <= sum(n[i] for i in chosen)
    dropped = {i for i in copies if not few or p[i] < SURE_COPY}
    return [i for i in chosen if i not in dropped]


def choose(p, n, texts, least=LEAST_EXPECTED, of_roles=None):
    """of_roles: of each block how much likelier it has the likeliest role that a block of the text may have than the likeliest of
    the others. A word that is likelier than half of the best expected F1 raises it."""
    chosen, expected = best_prefix(p, n)
    if expected < least:
        return []
    if of_roles is not None:
        above = p - expected / 2
        chosen = np.flatnonzero(np.where(n == 0, above, above * n * WORDS_OF_A_ROLE / (p * n).sum() + of_roles) > 0)
    return without_copies(chosen, texts, n, p)


class Scored:
    """A page whose choices can be scored quickly with score.py's word F1 (word counts instead of texts)."""

    def __init__(self, blocks, reference):
        ref = Counter(words(reference))
        number = {w: i for i, w in enumerate(ref)}
        self.counts = np.array(list(ref.values()), np.int64)
        self.size = sum(ref.values())
        self.ids, self.n, self.keys = [], [], []
        for text in blocks:
            w = words(text)
            self.ids.append(np.array([number.get(x, len(ref)) for x in w], np.int64))
            self.n.append(len(w))
            self.keys.append(' '.join(w))
        self.n = np.array(self.n)

    def f1(self, chosen):
        return self.all(chosen)[2]

    def all(self, chosen):
        """Precision, recall and F1, as word_f1() gives them."""
        said = int(self.n[chosen].sum()) if len(chosen) else 0
        if not self.size or not said:
            return (float(not self.size and not said),) * 3
        got = np.bincount(np.concatenate([self.ids[i] for i in chosen]), minlength=len(self.counts) + 1)
        hit = int(np.minimum(got[:-1], self.counts).sum())
        return hit / said, hit / self.size, 2 * hit / (said + self.size)


def snippet_figures(pages):
    """score.py's snippet figures over (text, snippets) pairs."""
    total = Counter()
    for text, s in pages:
        text = score.squeeze(text)
        tp = sum(score.squeeze(x) in text for x in s['with'])
        total.update(tp=tp, fp=sum(score.squeeze(x) in text for x in s['without']), fn=len(s['with']) - tp)
    p, r = total['tp'] / ((total['tp'] + total['fp']) or 1), total['tp'] / ((total['tp'] + total['fn']) or 1)
    return p, r, 2 * p * r / ((p + r) or 1)
