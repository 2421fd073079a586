"""The sequence model: all blocks of a page at once → the chance of being content and the roles of each.

A block's features (a row of 7-bit numbers) go through one layer, to which the mean of the vectors of its first words is added; then a few layers look at the block, at some numbers of one
before and of one behind it (1, 2 and 4 away), and, the first of them, at the mean of the page; behind some of them stands a memory, which carries
numbers along the page both ways; one more layer tells. Everything between the layers is 7-bit, too, so that the library can do it in integers: see src/roles/net.h, and quantise() here, its twin.
"""
import time

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from common import ROLES

OUT = 1 + len(ROLES)  # the log-odds of being content, then the roles
NET = dict(width=64, layers=3, memories=(0, 2), epochs=12, rate=3e-3, batch=10, role_weight=1.0, smoothing=0.05, decay=3e-2, dropout=0.2,
           unnamed=0.1, repeat=1, lasso=0.0, word_rate=2e-3, word_decay=0.1, word_dropout=0.5, text_dropout=0.2,
           taught_content=0.5, taught_roles=0.6)
PAD = 8  # the farthest that a layer looks
# net_side and net_found of src/roles/net.h: what a layer sees of the rows around, and makes of all that it sees.
SIDE, FOUND = 16, 32
MEMORY = FOUND // 2  # what a memory carries each way


def ranges(x):
    """Of every column the value that becomes 0 and the one that becomes 127: all but the outermost half percent lie between."""
    low, high = np.quantile(x[::17], [0.005, 0.995], axis=0)
    both = np.stack([x.min(0), x.max(0)])
    flat = high - low < 1e-6
    low, high = np.where(flat, both[0], low), np.where(flat, both[1], high)
    scale = np.where(high - low < 1e-6, 0, 127 / np.maximum(high - low, 1e-6))
    return low.astype(np.float32), scale.astype(np.float32)


def to_bytes(x, low, scale):
    out = np.empty(x.shape, np.uint8)
    for i in range(0, len(x), 65536):
        part = (x[i:i + 65536] - low) * scale
        out[i:i + 65536] = np.rint(np.clip(part, 0, 127)).astype(np.uint8)
    return out


class Words:
    """The first words of every row, as numbers of a vocabulary (an array of tokens); a word that is not in it is as good as none."""

    def __init__(self, tokens, sizes, vocabulary):
        assert sizes.sum() == len(tokens), 'sizes that are not of these words'
        self.vocabulary = np.sort(vocabulary)
        at = np.minimum(np.searchsorted(self.vocabulary, tokens), len(self.vocabulary) - 1)
        known = self.vocabulary[at] == tokens
        self.words = at[known].astype(np.int64)
        self.begin = np.concatenate([[0], np.cumsum(np.bincount(np.repeat(np.arange(len(sizes)), sizes)[known], minlength=len(sizes)))])

    def of(self, rows):
        """Of each row its words, one after the other, and where each row's begin."""
        begin = self.begin[rows]
        sizes = self.begin[rows + 1] - begin
        first = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)
        return self.words[np.repeat(begin - first, sizes) + np.arange(sizes.sum())], first, sizes

    def bags(self, rows, random=None, word_dropout=0.0, text_dropout=0.0):
        """For Net: some words, and all words of some rows, are left out where numbers at random are given."""
        words, first, sizes = self.of(rows)
        if random is not None:
            out = (random.rand(len(words)) < word_dropout) | np.repeat(random.rand(len(rows)) < text_dropout, sizes)
            words = np.where(out, len(self.vocabulary), words)
        return torch.from_numpy(words), torch.from_numpy(first)


def carried(part, own):
    """s[t] = (1 - part[t]) s[t-1] + own[t] of each column; a part of 1 forgets all before. In eleven doublings: no farther than 2,047 rows."""
    kept, far = 1 - part, 1
    while far <= min(len(own), 1024):
        own = torch.cat([own[:far], own[far:] + kept[far:] * own[:-far]])
        kept = torch.cat([kept[:far], kept[far:] * kept[:-far]])
        far *= 2
    return own


class Net(nn.Module):
    def __init__(self, inputs, width, layers, memories, dropout, words=0):
        super().__init__()
        self.memories = {layer: i for i, layer in enumerate(memories)}
        self.first = nn.Linear(inputs, width)
        self.words = nn.EmbeddingBag(words + 1, width, mode='mean', padding_idx=words) if words else None
        if words:
            nn.init.zeros_(self.words.weight)  # a word that is never met says nothing
        self.look = nn.ModuleList([nn.Linear(width + 2 * SIDE, FOUND) for _ in range(layers)])
        self.page = nn.Linear(width, FOUND, bias=False)
        self.back = nn.ModuleList([nn.Linear(FOUND, width) for _ in range(layers)])
        self.remember = nn.ModuleList([nn.Linear(width, 4 * MEMORY) for _ in memories])
        self.recall = nn.ModuleList([nn.Linear(2 * MEMORY, width) for _ in memories])
        for remember in self.remember:
            nn.init.constant_(remember.bias[:2 * MEMORY], 0.25)
        self.last = nn.Linear(width, OUT)
        self.dropout = nn.Dropout(dropout)

    @staticmethod
    def around(h, far):
        """The first numbers of the row before, the row, the last numbers of the row behind."""
        return torch.cat([F.pad(h[:, :SIDE], (0, 0, far, 0))[:-far], h, F.pad(h[:, -SIDE:], (0, 0, 0, far))[far:]], 1)

    def carry(self, i, h, mask):
        """What memory i carries past each row, from the begin and from the end. An empty row is forgotten, and all before it."""
        own = self.remember[i](h)
        part, value = own[:, :2 * MEMORY].clamp(0, 1), F.relu(own[:, 2 * MEMORY:])
        part, value = torch.where(mask > 0, part, torch.ones(1)), value * part * mask
        return torch.cat([carried(part[:, :MEMORY], value[:, :MEMORY]),
                          carried(part[:, MEMORY:].flip(0), value[:, MEMORY:].flip(0)).flip(0)], 1)

    def begin(self, x, position, bags):
        """What the first layer gives. position: of the rows that have words (Words.bags())."""
        h = self.first(x)
        return h if self.words is None else h.index_add(0, position, self.words(*bags))

    def forward(self, x, mask, mean, page, position, bags=None):
        """x: rows × inputs, pages parted by PAD empty rows; mean: pages × rows; page: of each row."""
        h = F.relu(self.begin(self.dropout(x), position, bags)) * mask
        for i, (look, back) in enumerate(zip(self.look, self.back)):
            z = look(self.around(h, 1 << i))
            if i == 0:
                z = z + self.page(mean @ h)[page]
            h = F.relu(h + back(self.dropout(F.relu(z)))) * mask
            if i in self.memories:
                memory = self.memories[i]
                h = F.relu(h + self.recall[memory](self.dropout(self.carry(memory, h, mask)))) * mask
        return self.last(self.dropout(h))


class Pages:
    """Rows of pages (begin: of each page, one more at the end) as batches of tensors."""

    def __init__(self, x, begin):
        self.x, self.begin = x, begin

    def batch(self, pages):
        rows = np.concatenate([np.arange(self.begin[p], self.begin[p + 1]) for p in pages])
        sizes = [self.begin[p + 1] - self.begin[p] for p in pages]
        at = np.concatenate([[0], np.cumsum([s + PAD for s in sizes])])
        position = np.concatenate([np.arange(a, a + s) for a, s in zip(at, sizes)])
        page = np.repeat(np.arange(len(pages)), np.diff(at))
        x = np.zeros((at[-1], self.x.shape[1]), np.float32)
        x[position] = self.x[rows]
        x *= 1 / 127
        mask = np.zeros((at[-1], 1), np.float32)
        mask[position] = 1
        mean = np.zeros((len(pages), at[-1]), np.float32)
        mean[page[position], position] = 1
        mean /= np.maximum(mean.sum(1, keepdims=True), 1)
        return tuple(map(torch.from_numpy, (x, mask, mean, page))), rows, torch.from_numpy(position)


def optimiser_of(net, rate, decay, word_rate, word_decay, **more):
    """Vectors of words (net.words) have a rate and a decay of their own."""
    of_words = [] if net.words is None else list(net.words.parameters())
    others = [p for name, p in net.named_parameters() if not name.startswith('words.')]
    return torch.optim.AdamW([dict(params=others, rate=rate, weight_decay=decay)] +
                             [dict(params=[p], rate=word_rate, weight_decay=word_decay) for p in of_words], **more)


def descend(net, optimiser, loss, step, steps, warm=80):
    """A step: the rate rises over the first `warm` ones and then falls along a cosine."""
    for group in optimiser.param_groups:
        group['lr'] = group['rate'] * min(1, (step + 1) / warm) * (0.02 + 0.49 * (1 + np.cos(np.pi * step / steps)))
    optimiser.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(net.parameters(), 1.0)
    optimiser.step()


def fit(x, begin, pages, content, content_weight, role, role_weight, unnamed=None, words=None, taught=None, seed=1, log=None, **more):
    """content: 0..1 a row, role: index or -1; weights of rows. unnamed: what columns of names say where there are no names
    (column, byte); a tenth of the pages is seen so, that the model does not lean on English class names. taught: what large nets say
    that have not seen the page (teacher.py): content 0..1 and roles' chances a row, all 0 where they say nothing."""
    o = {**NET, **more}
    assert words is None or len(words.begin) == len(x) + 1, 'words of other rows'
    torch.manual_seed(seed)
    random = np.random.RandomState(seed)
    net = Net(x.shape[1], o['width'], o['layers'], o['memories'], o['dropout'], 0 if words is None else len(words.vocabulary))
    optimiser = optimiser_of(net, o['rate'], o['decay'], o['word_rate'], o['word_decay'])
    if taught is not None:
        part = o['taught_content'] * (taught.roles.sum(1) > 0)
        content = (content + part * (taught.content - content)).astype(np.float32)
    data = Pages(x, begin)
    labelled = [p for p in pages if (role[begin[p]:begin[p + 1]] >= 0).any()]
    pages = np.array(list(pages) + labelled * o['repeat'])

    def targets(rows):
        told = np.full((len(rows), len(ROLES)), o['smoothing'] / len(ROLES), np.float32)
        told[np.arange(len(rows)), role[rows]] += 1 - o['smoothing']
        if taught is not None:
            said = taught.roles[rows]
            told += o['taught_roles'] * (said.sum(1, keepdims=True) > 0) * (said - told)
        return told

    steps, step, start = o['epochs'] * -(-len(pages) // o['batch']), 0, time.time()
    for epoch in range(o['epochs']):
        net.train()
        order, total = random.permutation(pages), 0.0
        for at in range(0, len(order), o['batch']):
            (xs, mask, mean, page), rows, position = data.batch(order[at:at + o['batch']])
            if unnamed is not None and o['unnamed'] > 0:
                hidden = torch.from_numpy(random.rand(len(mean)) < o['unnamed'])[page][:, None] * mask > 0
                xs[:, unnamed[0]] = torch.where(hidden, torch.from_numpy(unnamed[1].astype(np.float32) / 127)[None], xs[:, unnamed[0]])
            bags = None if words is None else words.bags(rows, random, o['word_dropout'], o['text_dropout'])
            z = net(xs, mask, mean, page, position, bags)[position]
            w = torch.from_numpy(content_weight[rows])
            loss = (F.binary_cross_entropy_with_logits(z[:, 0], torch.from_numpy(content[rows]), reduction='none') * w).sum()
            loss = loss / max(1.0, float(content_weight[rows].sum()))
            total += float(loss.detach())
            known = role[rows] >= 0
            if known.any():
                k, w = torch.from_numpy(known), torch.from_numpy(role_weight[rows][known])
                each = F.cross_entropy(z[k][:, 1:], torch.from_numpy(targets(rows[known])), reduction='none')
                loss = loss + o['role_weight'] * (each * w).sum() / (w.sum() + 50)
            descend(net, optimiser, loss, step, steps)
            if o['lasso'] and step < 0.7 * steps:  # whole columns shrink; at the end what is left is fitted
                with torch.no_grad():
                    size = net.first.weight.norm(dim=0)
                    net.first.weight *= torch.clamp(1 - optimiser.param_groups[0]['lr'] * o['lasso'] / size.clamp_min(1e-9), min=0)
            step += 1
        if log and (epoch % 4 == 3 or epoch == o['epochs'] - 1):
            print(f'  epoch {epoch + 1}: loss {total / max(1, len(order) / o["batch"]):.4f}, {time.time() - start:.0f} s {log(net)}', flush=True)
    return net.eval()


def quantise(net, x, begin, pages, words=None):
    """The net in bytes: weights between -127 and 127 by output, what stands between layers between 0 and 127 by layer."""
    highest = []

    def top(h):
        highest.append(float(np.quantile(h[h > 0], 0.999)) if (h > 0).any() else 1.0)
        return highest[-1]

    with torch.no_grad():
        (xs, mask, mean, page), rows, position = Pages(x, begin).batch(pages)
        h = F.relu(net.begin(xs, position, None if words is None else words.bags(rows))) * mask
        here, found, values, behind = [top(h.numpy())], [], {}, {}
        for i, (look, back) in enumerate(zip(net.look, net.back)):
            z = look(net.around(h, 1 << i))
            if i == 0:
                z = z + net.page(mean @ h)[page]
            z = F.relu(z)
            found.append(top((z * mask).numpy()))
            h = F.relu(h + back(z)) * mask
            here.append(top(h.numpy()))
            if i in net.memories:
                m = net.memories[i]
                values[i] = top((F.relu(net.remember[m](h)[:, 2 * MEMORY:]) * mask).numpy())
                h = F.relu(h + net.recall[m](net.carry(m, h, mask))) * mask
                behind[i] = top(h.numpy())

    def layer(linear, unit_in, unit_out):
        w = linear.weight.detach().numpy().astype(np.float64)
        step = np.maximum(np.abs(w).max(1), 1e-9) / 127
        bias = np.zeros(len(w)) if linear.bias is None else linear.bias.detach().numpy().astype(np.float64)
        return dict(weights=np.rint(w / step[:, None]).astype(np.int8), factor=(step * unit_in / unit_out).astype(np.float32),
                    bias=(bias / unit_out).astype(np.float32))

    # Of what a layer makes, and (`before`) of what the next one sees, which is another where a memory stands between them.
    unit_here, unit_found = [a / 127 for a in here], [a / 127 for a in found]
    n = len(net.look)
    before = [unit_here[0]] + [behind[i] / 127 if i in behind else unit_here[i + 1] for i in range(n)]

    def memory(i):
        m = net.memories[i]
        units = np.repeat([1 / 127, values[i] / 127], 2 * MEMORY)
        return dict(remember=layer(net.remember[m], unit_here[i + 1], units), recall=layer(net.recall[m], values[i] / 127, before[i + 1]),
                    keep=np.float32(unit_here[i + 1] / before[i + 1]))
    q = dict(first=layer(net.first, 1 / 127, unit_here[0]),
             look=[layer(net.look[i], before[i], unit_found[i]) for i in range(n)],
             page=layer(net.page, unit_here[0] / 16, unit_found[0]),
             back=[layer(net.back[i], unit_found[i], unit_here[i + 1]) for i in range(n)],
             keep=[np.float32(before[i] / unit_here[i + 1]) for i in range(n)],
             memories={i: memory(i) for i in net.memories},
             last=layer(net.last, before[n], 1.0))
    if words is not None:
        v = net.words.weight.detach().numpy()[:-1].astype(np.float64)
        step = np.maximum(np.quantile(np.abs(v), 0.9995, axis=0), 1e-9) / 127
        vectors = np.rint(np.clip(v / step, -127, 127)).astype(np.int8)
        counts = np.rint(step / 16 / (q['first']['factor'] * unit_here[0]) * 64).astype(np.int32)
        # No sum of the first layer can be more than floats hold exactly.
        most = 127 * np.abs(q['first']['weights'].astype(np.int64)).sum(1) + (127 * 16 * np.abs(counts.astype(np.int64)) >> 6)
        assert most.max() < 1 << 24, most
        q['words'] = dict(vectors=vectors, counts=counts)
        q['words']['usual'] = np.rint(word_means(q, words, rows).mean(0)).astype(np.int16)
    return q


def word_means(q, words, rows):
    """The mean of the vectors of each row's words, in sixteenths: TextVectors of src/blocks/features.h."""
    number, first, sizes = words.of(rows)
    sums = np.zeros((len(rows), q['words']['vectors'].shape[1]), np.int64)
    np.add.at(sums, np.repeat(np.arange(len(rows)), sizes), q['words']['vectors'][number].astype(np.int64))
    n = np.maximum(sizes, 1)[:, None]
    return sums * ((4096 + n // 2) // n) >> 8


def calibration(said, role):
    """said: what one or more models say of roles (rows × roles each), of rows which they have not seen. Gives the weight of each model's score of
    each role, and what is added to their sum. Models learn with rare roles made louder, softened labels and dropout, so that what they say is
    too even, and too often something rare."""
    start = 1 / len(said)
    weights = [torch.full((len(ROLES),), start, requires_grad=True) for _ in said]
    shift = torch.zeros(len(ROLES), requires_grad=True)
    known = role >= 0
    scores, roles = [torch.from_numpy(z[known]) for z in said], torch.from_numpy(role[known].astype(np.int64))
    optimiser = torch.optim.LBFGS([*weights, shift], max_iter=60, history_size=10, line_search_fn='strong_wolfe')

    def loss():
        optimiser.zero_grad()
        value = F.cross_entropy(sum(z * w for z, w in zip(scores, weights)) + shift, roles)
        value = value + 1e-3 * (sum(((w - start) ** 2).sum() for w in weights) + (shift ** 2).sum())
        value.backward()
        return value

    optimiser.step(loss)
    return [w.detach().numpy() for w in weights], shift.detach().numpy()


def calibrate(q, weight, shift):
    """The calibration as part of the net's last layer."""
    last = q['last']
    last['factor'][1:] *= weight
    last['bias'][1:] = last['bias'][1:] * weight + shift


def carried_bytes(own):
    """carry() of src/roles/net.cpp."""
    part, value = own[:, :2 * MEMORY] + (own[:, :2 * MEMORY] >> 6), own[:, 2 * MEMORY:] * 128
    out = np.empty(part.shape, np.int64)
    for columns, order in ((slice(0, MEMORY), range(len(own))), (slice(MEMORY, None), range(len(own) - 1, -1, -1))):
        held = np.zeros(MEMORY, np.int64)
        for t in order:
            held = held + (((value[t, columns] - held) * part[t, columns] + 64) >> 7)
            out[t, columns] = held
    return (out + 64) >> 7


def predict_bytes(q, x, begin, pages, words=None):
    """What the library computes: src/roles/net.cpp in numpy. Sums stay below 2^24, so floats hold them exactly."""
    out = np.zeros((len(x), OUT), np.float32)
    product = lambda a, layer: a.astype(np.float32) @ layer['weights'].astype(np.float32).T
    to_bytes = lambda v: np.rint(np.clip(v, 0, 127)).astype(np.float32)
    for p in pages:
        rows = slice(begin[p], begin[p + 1])
        a = x[rows]
        if not len(a):
            continue
        sums = product(a, q['first'])
        if words is not None:
            sums = sums + (word_means(q, words, np.arange(begin[p], begin[p + 1])) * q['words']['counts'] >> 6).astype(np.float32)
        h = to_bytes(sums * q['first']['factor'] + q['first']['bias'])
        n = len(h)
        mean = ((h.sum(0).astype(np.int64) * 16 + n // 2) // n).astype(np.float32)
        at_page = q['page']['factor'] * product(mean[None], q['page'])[0]
        for i, (look, back, keep) in enumerate(zip(q['look'], q['back'], q['keep'])):
            far = 1 << i
            empty = np.zeros((far, SIDE), np.float32)
            around = np.hstack([np.vstack([empty, h[:, :SIDE]])[:n], h, np.vstack([h[:, -SIDE:], empty])[far:]])
            z = to_bytes(product(around, look) * look['factor'] + (look['bias'] + (at_page if i == 0 else np.float32(0))))
            h = to_bytes(product(z, back) * back['factor'] + back['bias'] + h * keep)
            if i in q['memories']:
                m = q['memories'][i]
                own = to_bytes(product(h, m['remember']) * m['remember']['factor'] + m['remember']['bias']).astype(np.int64)
                h = to_bytes(product(carried_bytes(own), m['recall']) * m['recall']['factor'] + m['recall']['bias'] + h * m['keep'])
        out[rows] = product(h, q['last']) * q['last']['factor'] + q['last']['bias']
    return out
