"""The sequence model: all blocks of a page at once → the chance of being content and the roles of each.

A block's features (a row of 7-bit numbers) go through one layer; then a few layers look at the block, at some numbers of one
before and of one behind it (1, 2, 4 and 8 away), and, the first of them, at the mean of the page; one more layer tells. Everything between the
layers is 7-bit, too, so that the library can do it in integers: see src/roles/net.h, and quantise() here, its twin.
"""
import time

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from common import ROLES

OUT = 1 + len(ROLES)  # the log-odds of being content, then the roles
NET = dict(width=64, layers=4, epochs=10, rate=3e-3, batch=10, role_weight=1.0, smoothing=0.05, decay=3e-2, dropout=0.2,
           unnamed=0.1, repeat=1, lasso=0.0)
PAD = 8  # the farthest that a layer looks
# net_side and net_found of src/roles/net.h: what a layer sees of the rows around, and makes of all that it sees.
SIDE, FOUND = 16, 32


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


class Net(nn.Module):
    def __init__(self, inputs, width, layers, dropout):
        super().__init__()
        self.first = nn.Linear(inputs, width)
        self.look = nn.ModuleList([nn.Linear(width + 2 * SIDE, FOUND) for _ in range(layers)])
        self.page = nn.Linear(width, FOUND, bias=False)
        self.back = nn.ModuleList([nn.Linear(FOUND, width) for _ in range(layers)])
        self.last = nn.Linear(width, OUT)
        self.dropout = nn.Dropout(dropout)

    @staticmethod
    def around(h, far):
        """The first numbers of the row before, the row, the last numbers of the row behind."""
        return torch.cat([F.pad(h[:, :SIDE], (0, 0, far, 0))[:-far], h, F.pad(h[:, -SIDE:], (0, 0, 0, far))[far:]], 1)

    def forward(self, x, mask, mean, page):
        """x: rows × inputs, pages parted by PAD empty rows; mean: pages × rows; page: of each row."""
        h = F.relu(self.first(self.dropout(x))) * mask
        for i, (look, back) in enumerate(zip(self.look, self.back)):
            z = look(self.around(h, 1 << i))
            if i == 0:
                z = z + self.page(mean @ h)[page]
            h = F.relu(h + back(self.dropout(F.relu(z)))) * mask
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


def fit(x, begin, pages, content, content_weight, role, role_weight, unnamed=None, seed=1, log=None, **more):
    """content: 0..1 a row, role: index or -1; weights of rows. unnamed: what columns of names say where there are no names
    (column, byte); a tenth of the pages is seen so, that the model does not lean on English class names."""
    o = {**NET, **more}
    torch.manual_seed(seed)
    random = np.random.RandomState(seed)
    net = Net(x.shape[1], o['width'], o['layers'], o['dropout'])
    optimiser = torch.optim.AdamW(net.parameters(), lr=o['rate'], weight_decay=o['decay'])
    data = Pages(x, begin)
    labelled = [p for p in pages if (role[begin[p]:begin[p + 1]] >= 0).any()]
    pages = np.array(list(pages) + labelled * o['repeat'])
    steps, step, start = o['epochs'] * -(-len(pages) // o['batch']), 0, time.time()
    for epoch in range(o['epochs']):
        net.train()
        order, total = random.permutation(pages), 0.0
        for at in range(0, len(order), o['batch']):
            (xs, mask, mean, page), rows, position = data.batch(order[at:at + o['batch']])
            if unnamed is not None and o['unnamed'] > 0:
                hidden = torch.from_numpy(random.rand(len(mean)) < o['unnamed'])[page][:, None] * mask > 0
                xs[:, unnamed[0]] = torch.where(hidden, torch.from_numpy(unnamed[1].astype(np.float32) / 127)[None], xs[:, unnamed[0]])
            z = net(xs, mask, mean, page)[position]
            w = torch.from_numpy(content_weight[rows])
            loss = (F.binary_cross_entropy_with_logits(z[:, 0], torch.from_numpy(content[rows]), reduction='none') * w).sum()
            loss = loss / max(1.0, float(content_weight[rows].sum()))
            total += float(loss.detach())
            known = role[rows] >= 0
            if known.any():
                k, w = torch.from_numpy(known), torch.from_numpy(role_weight[rows][known])
                each = F.cross_entropy(z[k][:, 1:], torch.from_numpy(role[rows][known]), reduction='none', label_smoothing=o['smoothing'])
                loss = loss + o['role_weight'] * (each * w).sum() / (w.sum() + 50)
            for group in optimiser.param_groups:
                group['lr'] = o['rate'] * min(1, (step + 1) / 80) * (0.02 + 0.49 * (1 + np.cos(np.pi * step / steps)))
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            if o['lasso'] and step < 0.7 * steps:  # whole columns shrink; at the end what is left is fitted
                with torch.no_grad():
                    size = net.first.weight.norm(dim=0)
                    net.first.weight *= torch.clamp(1 - optimiser.param_groups[0]['lr'] * o['lasso'] / size.clamp_min(1e-9), min=0)
            step += 1
        if log and (epoch % 4 == 3 or epoch == o['epochs'] - 1):
            print(f'  epoch {epoch + 1}: loss {total / max(1, len(order) / o["batch"]):.4f}, {time.time() - start:.0f} s {log(net)}', flush=True)
    return net.eval()


def predict(net, x, begin, pages):
    out = np.zeros((len(x), OUT), np.float32)
    with torch.no_grad():
        for at in range(0, len(pages), 10):
            tensors, rows, position = Pages(x, begin).batch(pages[at:at + 10])
            out[rows] = net(*tensors)[position].numpy()
    return out


def quantise(net, x, begin, pages):
    """The net in bytes: weights between -127 and 127 by output, what stands between layers between 0 and 127 by layer."""
    highest = []

    def top(h):
        highest.append(float(np.quantile(h[h > 0], 0.999)) if (h > 0).any() else 1.0)
        return highest[-1]

    with torch.no_grad():
        (xs, mask, mean, page), _, _ = Pages(x, begin).batch(pages)
        h = F.relu(net.first(xs)) * mask
        here, found = [top(h.numpy())], []
        for i, (look, back) in enumerate(zip(net.look, net.back)):
            z = look(net.around(h, 1 << i))
            if i == 0:
                z = z + net.page(mean @ h)[page]
            z = F.relu(z)
            found.append(top((z * mask).numpy()))
            h = F.relu(h + back(z)) * mask
            here.append(top(h.numpy()))

    def layer(linear, unit_in, unit_out):
        w = linear.weight.detach().numpy().astype(np.float64)
        step = np.maximum(np.abs(w).max(1), 1e-9) / 127
        bias = np.zeros(len(w)) if linear.bias is None else linear.bias.detach().numpy().astype(np.float64)
        return dict(weights=np.rint(w / step[:, None]).astype(np.int8), factor=(step * unit_in / unit_out).astype(np.float32),
                    bias=(bias / unit_out).astype(np.float32))

    unit_here, unit_found = [a / 127 for a in here], [a / 127 for a in found]
    n = len(net.look)
    return dict(first=layer(net.first, 1 / 127, unit_here[0]),
                look=[layer(net.look[i], unit_here[i], unit_found[i]) for i in range(n)],
                page=layer(net.page, unit_here[0] / 16, unit_found[0]),
                back=[layer(net.back[i], unit_found[i], unit_here[i + 1]) for i in range(n)],
                keep=[np.float32(unit_here[i] / unit_here[i + 1]) for i in range(n)],
                last=layer(net.last, unit_here[n], 1.0))


def calibration(z, role):
    """Scale and shift of each role's score that fit rows which the net has not seen. It learns with rare roles made louder, softened
    labels and dropout, so that what it says is too even, and too often something rare."""
    scale, shift = torch.ones(len(ROLES), requires_grad=True), torch.zeros(len(ROLES), requires_grad=True)
    known = role >= 0
    scores, roles = torch.from_numpy(z[known][:, 1:]), torch.from_numpy(role[known].astype(np.int64))
    optimiser = torch.optim.LBFGS([scale, shift], max_iter=60, history_size=10, line_search_fn='strong_wolfe')

    def loss():
        optimiser.zero_grad()
        value = F.cross_entropy(scores * scale + shift, roles) + 1e-3 * (((scale - 1) ** 2).sum() + (shift ** 2).sum())
        value.backward()
        return value

    optimiser.step(loss)
    return scale.detach().numpy(), shift.detach().numpy()


def calibrate(q, scale, shift):
    """The calibration as part of the net's last layer."""
    last = q['last']
    last['factor'][1:] *= scale
    last['bias'][1:] = last['bias'][1:] * scale + shift


def predict_bytes(q, x, begin, pages):
    """What the library computes: src/roles/net.cpp in numpy. Sums stay below 2^24, so floats hold them exactly."""
    out = np.zeros((len(x), OUT), np.float32)
    product = lambda a, layer: a.astype(np.float32) @ layer['weights'].astype(np.float32).T
    to_bytes = lambda v: np.rint(np.clip(v, 0, 127)).astype(np.float32)
    for p in pages:
        rows = slice(begin[p], begin[p + 1])
        a = x[rows]
        if not len(a):
            continue
        h = to_bytes(product(a, q['first']) * q['first']['factor'] + q['first']['bias'])
        n = len(h)
        mean = ((h.sum(0).astype(np.int64) * 16 + n // 2) // n).astype(np.float32)
        at_page = q['page']['factor'] * product(mean[None], q['page'])[0]
        for i, (look, back, keep) in enumerate(zip(q['look'], q['back'], q['keep'])):
            far = 1 << i
            empty = np.zeros((far, SIDE), np.float32)
            around = np.hstack([np.vstack([empty, h[:, :SIDE]])[:n], h, np.vstack([h[:, -SIDE:], empty])[far:]])
            z = to_bytes(product(around, look) * look['factor'] + (look['bias'] + (at_page if i == 0 else np.float32(0))))
            h = to_bytes(product(z, back) * back['factor'] + back['bias'] + h * keep)
        out[rows] = product(h, q['last']) * q['last']['factor'] + q['last']['bias']
    return out
