#!/usr/bin/env python3
"""Large nets whose word on pages that they have not seen the shipped net learns from (taught.py). They are never shipped: they need a GPU.

    teacher.py --features DIR --targets targets.jsonl --blocks blocks.jsonl --out SAID [--only KIND] [FOLDS ...]

Two kinds: `attention` (all blocks of a page look at each other) and `recurrent` (a pass each way). Both see the columns and the words that the shipped net
sees. FOLDS (for example 2, or 13) are kept from a teacher, and SAID/KIND_FOLDS.npz gets what it says of their pages; without any, all fifteen: each
fold alone, and each two, since what the net of fold 1 learns of fold 3 must come from a teacher that has seen neither.
(A teacher kept from two folds sees features of the first: the lexicons in them know labels of the second.) Some 1.5 to 3 minutes
each on an H200, seven side by side; 8 GB of memory each.
"""
import argparse
import itertools
import sys
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

import train
import train_nets
from common import FOLDS
from sequence import OUT, descend, optimiser_of

KINDS = dict(attention=dict(width=128, layers=2, rate=2e-3, pages=8), recurrent=dict(width=192, layers=2, rate=1e-3, pages=16))
EPOCHS, DROPOUT, DECAY, WORD_RATE, WORD_DECAY, SMOOTHING = 12, 0.2, 0.05, 2e-3, 0.1, 0.05
LONGEST, CORE, SIDE = 1024, 768, 128  # a longer page is seen in parts of CORE blocks with so many on either side
FIRST_WORDS, HEAD = 24, 32


class Attention(nn.Module):
    """A layer: all blocks of a page look at each other, by what they are and how far apart; a few around by a convolution."""

    def __init__(self, width):
        super().__init__()
        self.norm, self.norm_inner = nn.LayerNorm(width), nn.LayerNorm(width)
        self.near = nn.Conv1d(width, width, 5, padding=2, groups=width)
        self.ask, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.inner, self.outer = nn.Linear(width, 3 * width), nn.Linear(3 * width, width)
        self.drop = nn.Dropout(DROPOUT)

    def forward(self, x, mask):
        pages, length, width = x.shape
        y = self.norm(x)
        y = y + self.near((y * mask[..., None]).transpose(1, 2)).transpose(1, 2)
        query, key, value = self.ask(y).view(pages, length, 3, width // HEAD, HEAD).permute(2, 0, 3, 1, 4)
        z = F.scaled_dot_product_attention(turned(query), turned(key), value, attn_mask=mask[:, None, None, :])
        x = x + self.drop(self.out(z.transpose(1, 2).reshape(pages, length, width)))
        return x + self.drop(self.outer(self.drop(F.gelu(self.inner(self.norm_inner(x))))))


def turned(x):
    """Positions as angles (rotary), so that products tell how far apart two blocks are."""
    half = x.shape[-1] // 2
    angle = torch.arange(x.shape[-2], device=x.device)[:, None] / (10.0 ** (torch.arange(half, device=x.device) * 3 / half))
    cos, sin, a, b = angle.cos(), angle.sin(), x[..., :half], x[..., half:]
    return torch.cat([a * cos - b * sin, a * sin + b * cos], -1).to(x.dtype)


class Teacher(nn.Module):
    def __init__(self, kind, inputs, words):
        super().__init__()
        width, layers = KINDS[kind]['width'], KINDS[kind]['layers']
        self.first, self.words = nn.Linear(inputs, width), nn.Embedding(words + 1, width, padding_idx=words)
        nn.init.zeros_(self.words.weight)
        self.word_place = nn.Parameter(torch.zeros(FIRST_WORDS))
        self.own = nn.Sequential(nn.LayerNorm(width), nn.Linear(width, 2 * width), nn.GELU(), nn.Dropout(DROPOUT), nn.Linear(2 * width, width))
        self.attention = nn.ModuleList([Attention(width) for _ in range(layers)] if kind == 'attention' else [])
        self.recurrent = nn.GRU(width, width // 2, layers, batch_first=True, bidirectional=True, dropout=DROPOUT) if kind == 'recurrent' else None
        self.norm, self.last, self.drop = nn.LayerNorm(width), nn.Linear(width, OUT), nn.Dropout(DROPOUT)

    def forward(self, x, words, mask, lengths):
        """x: pages × blocks × columns; words: their first words, or one more than there are; mask: where a block is; lengths: of pages, on the CPU."""
        counts = (words != self.words.padding_idx).float() * torch.exp(self.word_place)
        of_words = (self.words(words) * counts[..., None]).sum(-2) / counts.sum(-1, keepdim=True).clamp_min(1e-6)
        h = self.first(self.drop(x)) + of_words
        h = h + self.own(h)
        for layer in self.attention:
            h = layer(h, mask)
        if self.recurrent is not None:
            packed = nn.utils.rnn.pack_padded_sequence(h, lengths, batch_first=True, enforce_sorted=False)
            h = h + nn.utils.rnn.pad_packed_sequence(self.recurrent(packed)[0], batch_first=True, total_length=h.shape[1])[0]
        return self.last(self.drop(self.norm(h)))


def parts(begin, page):
    """Of a page (from, to, from where and to where it counts); a page without blocks has none."""
    first, end = begin[page], begin[page + 1]
    if end - first <= LONGEST:
        return [(first, end, first, end)] if end > first else []
    return [(max(first, at - SIDE), min(end, at + CORE + SIDE), at, min(end, at + CORE)) for at in range(first, end, CORE)]


class Seen:
    """The corpus on the device, as the teachers kept from `out` see it."""

    def __init__(self, data, out, device):
        self.device, k = device, out[0]
        of_fold = train_nets.prepared_for_pages(data, k)
        words = train_nets.words_of(data.matrix.folder, k)
        allowed = np.isin(words.vocabulary, np.intersect1d(*(train_nets.words_of(data.matrix.folder, j).vocabulary for j in (k, out[-1]))))
        number, first, sizes = words.of(np.arange(data.rows))
        self.none = len(words.vocabulary)
        table = np.full((data.rows, FIRST_WORDS), self.none, np.int32)
        row, place = np.repeat(np.arange(data.rows), sizes), np.arange(len(number)) - np.repeat(first, sizes)
        kept = (place < FIRST_WORDS) & allowed[number]
        table[row[kept], place[kept]] = number[kept]
        put = lambda a: torch.from_numpy(np.ascontiguousarray(a)).to(device)
        content, weight = train_nets.content_targets(data, 0.5)
        self.x, self.words = put(of_fold.x), put(table)
        self.content, self.weight, self.role, self.role_weight = put(content), put(weight), put(data.role.astype(np.int64)), put(train_nets.role_weight(data))
        self.unnamed = put(of_fold.unnamed[0]), put(of_fold.unnamed[1].astype(np.float32) / 127)

    def batch(self, spans):
        """Pages, padded: of each place its row or -1, and whether it counts."""
        length = (max(end - first for first, end, _, _ in spans) + 31) // 32 * 32
        rows, counts = np.full((len(spans), length), -1), np.zeros((len(spans), length), bool)
        for i, (first, end, core, core_end) in enumerate(spans):
            rows[i, :end - first] = np.arange(first, end)
            counts[i, core - first:core_end - first] = True
        lengths = torch.from_numpy((rows >= 0).sum(1))
        move = lambda a: (torch.from_numpy(a).pin_memory() if self.device == 'cuda' else torch.from_numpy(a)).to(self.device, non_blocking=True)
        return move(rows), move(counts), lengths

    def inputs(self, rows):
        mask = rows >= 0
        at = rows.clamp_min(0)
        return self.x[at].float() / 127 * mask[..., None], torch.where(mask[..., None], self.words[at].long(), self.none), mask, at


def batches(spans, size, random=None):
    """Of like length together; in any order where there is chance."""
    order = np.arange(len(spans)) if random is None else random.permutation(len(spans))
    out = []
    for at in range(0, len(order), size * 16):
        some = sorted(order[at:at + size * 16], key=lambda i: spans[i][1] - spans[i][0])
        out += [[spans[i] for i in some[j:j + size]] for j in range(0, len(some), size)]
    return out if random is None else [out[i] for i in random.permutation(len(out))]


def teach(kind, data, out, device):
    """What a teacher kept from the folds `out` says of their rows: content's chance, roles' chances."""
    torch.manual_seed(1)
    random, seen, start = np.random.RandomState(1), Seen(data, out, device), time.time()
    fold = np.array([p['fold'] for p in data.pages])
    net = Teacher(kind, seen.x.shape[1], seen.none).to(device)
    optimiser = optimiser_of(net, KINDS[kind]['rate'], DECAY, WORD_RATE, WORD_DECAY, betas=(0.9, 0.98))
    labelled = lambda page: (data.of(page, data.role) >= 0).any()
    spans = [part for page in np.flatnonzero(~np.isin(fold, out)) for part in parts(data.begin, page) * (2 if labelled(page) else 1)]
    size, step = KINDS[kind]['pages'], 0
    steps = len(batches(spans, size)) * EPOCHS
    for _ in range(EPOCHS):
        net.train()
        for batch in batches(spans, size, random):
            rows, counts, lengths = seen.batch(batch)
            x, words, mask, at = seen.inputs(rows)
            nameless = torch.rand(len(batch), 1, device=device) < 0.1
            x[..., seen.unnamed[0]] = torch.where(nameless[..., None], seen.unnamed[1], x[..., seen.unnamed[0]])
            left_out = (torch.rand(words.shape, device=device) < 0.5) | (torch.rand(words.shape[:2], device=device) < 0.2)[..., None]
            with torch.autocast(device, dtype=torch.bfloat16):
                z = net(x, torch.where(left_out, seen.none, words), mask, lengths)
            z, weight = z.float(), seen.weight[at] * counts
            loss = (F.binary_cross_entropy_with_logits(z[..., 0], seen.content[at], reduction='none') * weight).sum() / weight.sum().clamp_min(1.0)
            role, weight = seen.role[at], seen.role_weight[at] * counts * (seen.role[at] >= 0)
            each = F.cross_entropy(z[..., 1:].flatten(0, 1), role.clamp_min(0).flatten(), reduction='none', label_smoothing=SMOOTHING)
            loss = loss + (each.view_as(weight) * weight).sum() / (weight.sum() + 50)
            descend(net, optimiser, loss, step, steps, warm=150)
            step += 1
    net.eval()
    said = np.zeros((data.rows, OUT), np.float32)
    with torch.no_grad():
        for batch in batches([part for page in np.flatnonzero(np.isin(fold, out)) for part in parts(data.begin, page)], size):
            rows, counts, lengths = seen.batch(batch)
            x, words, mask, _ = seen.inputs(rows)
            with torch.autocast(device, dtype=torch.bfloat16):
                z = net(x, words, mask, lengths)
            said[rows[counts].cpu().numpy()] = z.float()[counts].cpu().numpy()
    assert np.isfinite(said).all(), 'a teacher that says nothing'
    print(f'{kind} teacher kept from {out}: {steps} steps, {time.time() - start:.0f} s', flush=True)
    said = torch.from_numpy(said[np.isin(data.fold, out)])
    return torch.sigmoid(said[:, 0]).numpy(), torch.softmax(said[:, 1:], 1).numpy()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('folds', nargs='*', help='kept from the teacher: all that are needed')
    parser.add_argument('--features', required=True)
    parser.add_argument('--targets', required=True)
    parser.add_argument('--blocks', required=True)
    parser.add_argument('--out', required=True)
    parser.add_argument('--only', choices=list(KINDS))
    args = parser.parse_args()
    out = Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    data = train.Data(args.targets, args.blocks, args.features)
    every = [*map(str, range(FOLDS)), *(f'{a}{b}' for a, b in itertools.combinations(range(FOLDS), 2))]
    for kind, folds in itertools.product([args.only] if args.only else KINDS, args.folds or every):
        content, roles = teach(kind, data, sorted(map(int, folds)), 'cuda' if torch.cuda.is_available() else 'cpu')
        np.savez(out / f'{kind}_{folds}.npz', content=content.astype(np.float16), roles=roles.astype(np.float16))


if __name__ == '__main__':
    sys.exit(main())
