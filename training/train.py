#!/usr/bin/env python3
"""Trains the content model and the role model, and says what they are worth out of fold.

    train.py --features DIR --targets targets.jsonl --blocks blocks.jsonl --out MODELS [content|roles|sequence|pages|flat ...]

DIR is what `offprint-features matrix` wrote. Folds are whole domains; features of fold k were made without its labels.
MODELS gets content.json and roles.json (CatBoost, trained on everything, for export.py), oof.npz (out-of-fold probabilities)
and, in fold0 to fold4, the models that were trained without that fold (evaluate/ runs the program with them).
With --sweep the content model is tried in many sizes instead; --compare adds LightGBM as a yardstick.
"""
import argparse
import json
import multiprocessing
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

import numpy as np
from catboost import CatBoostClassifier, Pool

import train_nets
from choose import LEAST_EXPECTED, Scored, best_prefix, choose, snippet_figures, without_copies
from common import FOLDS, ROLES, SHARED, Matrix, column_names, folder_of, page_input_names, pages_and_texts, read_jsonl, score

TYPES = ['article', 'documentation', 'service', 'forum', 'listing', 'collection', 'product']
CONTENT = dict(iterations=120, depth=6, learning_rate=0.18, l2_leaf_reg=3.0, rsm=0.4)
FLAT_CONTENT = dict(iterations=60, depth=6, learning_rate=0.25, rsm=0.5)
ROLE = dict(iterations=100, depth=6, learning_rate=0.22, l2_leaf_reg=3.0, rsm=0.2, border_count=64)
PAGE = dict(iterations=200, depth=4, learning_rate=0.1, l2_leaf_reg=6.0, border_count=32, rsm=0.4)
COMMON = dict(grow_policy='SymmetricTree', boosting_type='Plain', border_count=128, random_seed=1, thread_count=2,
              bootstrap_type='Bernoulli', subsample=0.8, allow_writing_files=False, verbose=False)


class Data:
    def __init__(self, targets, blocks, features):
        self.pages, self.texts = pages_and_texts(targets, blocks)
        sizes = [len(t) for t in self.texts]
        self.begin = np.concatenate([[0], np.cumsum(sizes)])
        self.rows = int(self.begin[-1])
        each = lambda name: np.repeat(np.array([p[name] for p in self.pages]), sizes)
        self.fold = each('fold')
        self.wcxb = each('corpus') == 'wcxb-dev'
        self.content = np.array([np.nan if c is None else c for p in self.pages for c in p['content']])
        self.weight = np.array([w for p in self.pages for w in p['weight']])
        self.role = np.array([r for p in self.pages for r in p['role']])
        self.matrix = Matrix(features, self.rows)
        kinds = {f'wcxb-dev/html/{n}.html.gz': t.get('main_content') or '' for n, _, t in score.wcxb(SHARED / 'corpora/wcxb-dev')}
        self.scored = [Scored(t, kinds.get(p['page'], '')) for p, t in zip(self.pages, self.texts)]
        self.type = np.array([p['type'] for p in self.pages])
        self.on_wcxb = [i for i, p in enumerate(self.pages) if p['corpus'] == 'wcxb-dev']
        self.snippets = json.loads((SHARED / 'corpora/trafilatura-dev/snippets.json').read_text(encoding='utf-8'))

    def of(self, page, values):
        return values[self.begin[page]:self.begin[page + 1]]


def keep(model, out, name, fold=None):
    """The model for export.py: the one of everything, or the one that has not seen a fold, in a folder of its own."""
    folder = folder_of(out, fold)
    model.save_model(str(folder / f'{name}.json'), format='json')
    model.save_model(str(folder / f'{name}.cbm'))
    return model


def fit_content(x, y, w, seed=1, **more):
    model = CatBoostClassifier(loss_function='CrossEntropy', **{**COMMON, **CONTENT, 'random_seed': seed, **more})
    model.fit(Pool(x, y, weight=w))
    return model


def fit_lightgbm(x, y, w, **_):
    import lightgbm
    data = lightgbm.Dataset(x, y, weight=w)
    return lightgbm.train(dict(objective='cross_entropy', learning_rate=0.06, num_leaves=63, num_threads=2, verbose=-1, seed=1,
                               bagging_fraction=0.8, bagging_freq=1, feature_fraction=0.5, min_data_in_leaf=100,
                               deterministic=True), data, 200)


def probability(model, x):
    if hasattr(model, 'predict_proba'):
        return 1 / (1 + np.exp(-model.predict(x, prediction_type='RawFormulaVal')))
    return model.predict(x)


def training_rows(data, fold, snippets):
    use = ~np.isnan(data.content) & (data.weight > 0) & (data.fold != fold)
    return use if snippets else use & data.wcxb


def cross_content(data, fits, args, out_folder=None):
    """Out-of-fold probabilities of each of the fits; the features of a fold are read once. The first fit's models are kept."""
    out = [np.zeros(data.rows) for _ in fits]
    spent = [0.0] * len(fits)
    for k in range(FOLDS):
        x = data.matrix.load(k)
        use, held = training_rows(data, k, args.snippets), data.fold == k
        w = data.weight * np.where(data.wcxb, 1.0, args.snippets)
        for i, fit in enumerate(fits):
            start = time.time()
            model = fit(x[use], data.content[use], w[use])
            out[i][held] = probability(model, x[held])
            spent[i] += time.time() - start
            if i == 0 and out_folder is not None:
                keep(model, out_folder, 'content', k)
    return out, spent


def report_content(data, p, name, full=True, of_roles=None):
    """Mean word F1 over wcxb-dev, all and by type; returns the overall figure. of_roles: as choose() takes it, of all rows."""
    def chosen_of(i):
        return choose(data.of(i, p), data.scored[i].n, data.scored[i].keys, of_roles=None if of_roles is None else data.of(i, of_roles))

    def by_type(f1):
        f1 = np.array(f1)
        kinds = data.type[data.on_wcxb]
        return f'{f1.mean():.4f}  ' + '  '.join(f'{f1[kinds == t].mean():.3f}' for t in TYPES)

    if full:
        print(f'{"":28}all     ' + '  '.join(f'{t[:5]:5}' for t in TYPES))
    ours = [data.scored[i].f1(chosen_of(i)) for i in data.on_wcxb]
    print(f'{name:28}{by_type(ours)}', flush=True)
    if full:
        for label, f in (('  no floor', lambda i, q, s: choose(q, s.n, s.keys, 0.0)),
                         ('  no floor, copies kept', lambda i, q, s: best_prefix(q, s.n)[0])):
            print(f'{label:28}{by_type([f1_of(data, i, p, f) for i in data.on_wcxb])}')
        steps = np.round(np.arange(0.05, 1.0, 0.05), 2)
        table = np.array([[f1_of(data, i, p, lambda i, q, s: without_copies(np.flatnonzero(q >= t), s.keys, s.n, q)) for t in steps]
                          for i in data.on_wcxb])
        best = int(table.mean(0).argmax())
        print(f'{f"  one threshold, {steps[best]:.2f}":28}{by_type(table[:, best])}')
        print(f'{"  best threshold, hindsight":28}{by_type(table.max(1))}')
        labels = np.nan_to_num(data.content)
        print(f'{"  blocks labelled >= 0.5":28}{by_type([f1_of(data, i, labels, lambda i, q, s: np.flatnonzero(q >= 0.5)) for i in data.on_wcxb])}')
        empty = [i for i in data.on_wcxb if not data.pages[i]['reference']]
        print(f'  pages without reference: {sum(data.scored[i].f1(chosen_of(i)) for i in empty):.0f} of {len(empty)} left empty; '
              f'text withheld (expected F1 < {LEAST_EXPECTED}) on '
              f'{sum(not chosen_of(i) for i in data.on_wcxb)}')
        texts = []
        for i, page in enumerate(data.pages):
            if page['corpus'] == 'trafilatura-dev':
                texts.append(('\n\n'.join(data.texts[i][b] for b in chosen_of(i)), data.snippets[page['page'].split('/')[-1].split('.')[0]]))
        print('  trafilatura-dev snippets: precision %.4f recall %.4f F1 %.4f' % snippet_figures(texts), flush=True)
    return float(np.mean(ours))


def f1_of(data, i, p, f):
    q, s = data.of(i, p), data.scored[i]
    return s.f1(f(i, q, s))


def train_content(data, args, out):
    names, fits = ['content model'], [fit_content]
    if args.compare:
        names.append('LightGBM 200 x 63')
        fits.append(fit_lightgbm)
    oof, spent = cross_content(data, fits, args, out)
    print(f'content model: {CONTENT}, {len(data.matrix.names)} features, '
          f'{int(training_rows(data, -1, args.snippets).sum())} blocks, {spent[0]:.0f} s')
    for name, p in zip(names, oof):
        report_content(data, p, name)
    np.savez_compressed(out / 'oof_content.npz', p=oof[0].astype(np.float32), begin=data.begin)
    x = data.matrix.load('all')
    use = training_rows(data, -1, args.snippets)
    model = fit_content(x[use], data.content[use], (data.weight * np.where(data.wcxb, 1.0, args.snippets))[use])
    keep(model, out, 'content')
    importance = sorted(zip(model.get_feature_importance(), data.matrix.names), reverse=True)
    print('  strongest: ' + ', '.join(f'{n} {v:.1f}' for v, n in importance[:30]))
    print('  never used: ' + ' '.join(n for v, n in importance if v == 0))


def sweep_content(data, args):
    """The knee: F1 out of fold by number of trees and depth."""
    sizes = [(n, d, r) for d in (4, 5, 6) for n, r in ((40, 0.35), (60, 0.25), (100, 0.18), (200, 0.1))]
    fits = [lambda x, y, w, n=n, d=d, r=r: fit_content(x, y, w, iterations=n, depth=d, learning_rate=r) for n, d, r in sizes]
    oof, spent = cross_content(data, fits, args)
    print(f'{"":28}all     ' + '  '.join(f'{t[:5]:5}' for t in TYPES))
    for (n, d, r), p, s in zip(sizes, oof, spent):
        report_content(data, p, f'{n} trees, depth {d}, {s:.0f} s', full=False)


def all_classes(x, y, w, count):
    """With a row of next to no weight of each class that is missing, so that outputs are in the order of the enum on every fold."""
    missing = np.setdiff1d(np.arange(count), y)
    if not len(missing):
        return x, y, w
    return np.concatenate([x, np.zeros((len(missing), x.shape[1]), x.dtype)]), np.append(y, missing), np.append(w, np.full(len(missing), 1e-6))


def fit_roles(k):
    """The forest of roles that has not seen fold k (None: of all pages), and what it says of all rows of the fold. By half of the blocks: as good."""
    data, weight, out = ROLE_JOB
    use = (data.role >= 0) & (data.fold != (-1 if k is None else k)) & (np.random.default_rng(1).random(data.rows) < 0.5)
    x = data.matrix.load('all' if k is None else k)
    model = CatBoostClassifier(loss_function='MultiClass', **{**COMMON, **ROLE, 'thread_count': 1})
    rows, roles, weights = all_classes(x[use], data.role[use], weight[use], len(ROLES))
    model.fit(Pool(rows, roles, weight=weights))
    keep(model, out, 'roles', k)
    return k, None if k is None else model.predict(x[data.fold == k], prediction_type='RawFormulaVal').astype(np.float32)


def train_roles(data, args, out):
    """What a block is for, by a forest: its scores are added to those of the net (train_nets.calibrated())."""
    global ROLE_JOB
    start = time.time()
    ROLE_JOB = data, train_nets.role_weight(data), out
    z = np.zeros((data.rows, len(ROLES)), np.float32)
    folds = [*range(FOLDS)] + ([] if args.only_folds else [None])
    for k in folds:  # those of another forest, until the nets are trained again
        (folder_of(out, k) / 'roles_weights.npy').unlink(missing_ok=True)
    # (Not by train_nets.in_folds(): CatBoost hangs in a forked process that torch was called in.)
    with multiprocessing.get_context('fork').Pool(2) as pool:
        for k, said in pool.imap_unordered(fit_roles, folds):
            if k is not None:
                z[data.fold == k] = said
    np.save(out / 'oof_roles.npy', z)
    print(f'forest of roles: {ROLE}, {time.time() - start:.0f} s')
    report_roles(data, z.argmax(1))


class Flat:
    """The same pages with their markup gone (`offprint-features flat`): every row is a block of the page as it was."""

    def __init__(self, data, folder):
        rows = np.fromfile(Path(folder) / 'flat_rows.i32', '<i4')
        self.begin = np.concatenate([[0], np.cumsum(np.fromfile(Path(folder) / 'flat_sizes.i32', '<i4'))])
        self.spliced = rows < 0
        self.rows = np.where(self.spliced, ~rows, rows)
        self.x = np.fromfile(Path(folder) / 'flat.f32', '<f4').reshape(len(self.rows), -1)
        self.fold = data.fold[self.rows]
        self.content, self.role = data.content[self.rows], data.role[self.rows]
        self.weight = (data.weight * np.where(data.wcxb, 1.0, 0.5))[self.rows]
        # What asks the reader for something is no content, whatever the reference of the page it stood on.
        asks = np.isin(self.role, [ROLES.index(r) for r in ('appeal', 'contribution', 'paywall')])
        self.content = np.where(asks, 0.0, self.content)
        self.weight = np.where(asks, np.maximum(self.weight, 1.0), self.weight)


def train_flat_content(data, flat, out):
    """The forest of flattened text: log-odds of each row, out of fold."""
    known = ~np.isnan(flat.content) & (flat.weight > 0)
    # Half of the rows say as much as all of them: each page is there twice.
    thin = known & (np.random.default_rng(1).random(len(known)) < 0.5)
    raw, p, n = np.zeros(len(known)), np.zeros(data.rows), np.zeros(data.rows)
    for k in range(FOLDS):
        use, held = thin & (flat.fold != k), flat.fold == k
        model = keep(fit_content(flat.x[use], flat.content[use], flat.weight[use], **FLAT_CONTENT), out, 'content_flat', k)
        raw[held] = model.predict(flat.x[held], prediction_type='RawFormulaVal')
    own = ~flat.spliced
    np.add.at(p, flat.rows[own], 1 / (1 + np.exp(-raw[own])))
    np.add.at(n, flat.rows[own], 1)
    print(f'flattened text: {FLAT_CONTENT}, {int(thin.sum())} blocks')
    report_content(data, np.where(n > 0, p / np.maximum(n, 1), 0), 'forest, flattened', full=False)
    keep(fit_content(flat.x[thin], flat.content[thin], flat.weight[thin], **FLAT_CONTENT), out, 'content_flat')
    return raw


LABELS_OF_FIELDS = Path(__file__).parent / 'field_labels.jsonl'  # of pages of trafilatura-dev, read for this project
PAGE_TYPES = ['article', 'documentation', 'forum', 'product', 'collection', 'listing', 'service']  # enum PageType from 1 on


class PageInputs:
    """What the page model sees of pages (src/roles/page_type.h), and what they are: by wcxb-dev, and by field_labels.jsonl."""

    def __init__(self, data, out, asked):
        """asked: the names of the features whose means are taken; all others are 0."""
        types = {data.pages[i]['page']: data.type[i] for i in data.on_wcxb} | {l['page']: l['type'] for l in read_jsonl(LABELS_OF_FIELDS)}
        self.data, self.pages = data, np.array([i for i, p in enumerate(data.pages) if p['page'] in types and data.begin[i] < data.begin[i + 1]])
        self.wcxb = np.isin(self.pages, data.on_wcxb)
        self.names = page_input_names(data.matrix.names)
        self.of_page = data.matrix.names.index('words')
        self.type = np.array([PAGE_TYPES.index(types[data.pages[i]['page']]) for i in self.pages])
        self.fold = data.fold[data.begin[self.pages]]
        self.mean = [c for c in range(self.of_page, len(data.matrix.names)) if data.matrix.names[c] in asked]
        self.words = np.concatenate([np.asarray(s.n) for s in data.scored]).astype(np.float32)
        # The chances of roles are those that nets and forests give pages that they have not seen.
        self.chances = self.means(train_nets.chances_of_roles(np.load(out / 'oof_sequence.npz')['z']))

    def means(self, values):
        """Of each page, a block counting as often as it has words."""
        sums = np.add.reduceat(np.vstack([values * self.words[:, None], np.zeros((1, values.shape[1]), np.float32)]), self.data.begin[:-1], axis=0)
        words = np.add.reduceat(np.append(self.words, 0), self.data.begin[:-1])
        return (sums / np.maximum(words, 1)[:, None])[self.pages]

    def of_fold(self, k):
        rows = self.data.matrix.load('all' if k is None else k)
        x = np.zeros((len(self.pages), len(self.names)), np.float32)
        x[:, :self.of_page] = rows[self.data.begin[self.pages], :self.of_page]
        x[:, self.of_page:self.of_page + len(ROLES)] = self.chances
        x[:, [c + len(ROLES) for c in self.mean]] = self.means(rows[:, self.mean])
        return x

    def fit(self, x, pages):
        """pages: which those of x are. Every page is seen with its address and, for half, as if it had none: files and some crawls have none. Those
        of trafilatura-dev count for half, as nearly all of them are articles."""
        weight = np.repeat([1, 0.5], len(pages)) * np.tile(np.where(self.wcxb[pages], 1, 0.5), 2)
        rows, types, weights = all_classes(np.vstack([x, self.without_address(x)]), np.tile(self.type[pages], 2), weight, len(PAGE_TYPES))
        model = CatBoostClassifier(loss_function='MultiClass', **{**COMMON, **PAGE})
        model.fit(Pool(rows, types, weight=weights))
        return model

    def without_address(self, x):
        x = x.copy()
        x[:, [c for c, name in enumerate(self.names) if name.startswith('url_')]] = 0
        return x


def train_pages(data, args, out):
    """What kind of page it is, from what is said of the page as a whole and from means over its blocks."""
    of = PageInputs(data, out, column_names('page_columns.txt', data.matrix.names))
    said = np.zeros((2, len(of.type)), int)
    for k in range(FOLDS):
        x, held = of.of_fold(k), of.fold == k
        model = keep(of.fit(x[~held], np.flatnonzero(~held)), out, 'pages', k)
        for i, seen in enumerate((x[held], of.without_address(x[held]))):
            said[i, held] = model.predict(seen, prediction_type='RawFormulaVal').argmax(1)
    for corpus, rows in (('wcxb-dev', of.wcxb), ('trafilatura-dev', ~of.wcxb)):
        right, kind = said[:, rows] == of.type[rows], of.type[rows]
        print(f'page type, {corpus}: {right[0].mean():.4f} of {rows.sum()} pages right out of fold, {right[1].mean():.4f} without address; ' +
              ', '.join(f'{t} {right[0][kind == i].mean():.2f}' for i, t in enumerate(PAGE_TYPES) if (kind == i).any()), flush=True)
    if not args.only_folds:
        keep(of.fit(of.of_fold(None), np.arange(len(of.type))), out, 'pages')


def report_roles(data, said, seen=None):
    """score.py's own figures on the out-of-fold roles."""
    with tempfile.NamedTemporaryFile('w', suffix='.jsonl', encoding='utf-8') as file:
        for i, page in enumerate(data.pages):
            if max(page['role'], default=-1) >= 0:
                blocks = [{'role': ROLES[r], 'text': t} for r, t, known in
                          zip(data.of(i, said), data.texts[i], data.of(i, data.role if seen is None else np.where(seen, data.role, -1)))
                          if known >= 0]
                file.write(json.dumps({'source': page['page'], 'blocks': blocks}) + '\n')
        file.flush()
        figures, _ = score.score_roles(SHARED / 'roles/labels.jsonl', file.name)
    print(f'role model                  accuracy {figures["accuracy"]:.4f}  macro F1 {figures["macro_f1"]:.4f}  pages {figures["pages"]}')
    print('  ' + ', '.join(f'{k} {v["f1"]:.2f} ({v["blocks"]})' for k, v in
                           sorted(figures['roles'].items(), key=lambda x: -x[1]['blocks'])), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('what', nargs='*', default=['content', 'roles', 'sequence', 'pages', 'flat'])
    parser.add_argument('--features', required=True)
    parser.add_argument('--targets', required=True)
    parser.add_argument('--blocks', required=True)
    parser.add_argument('--out', required=True)
    parser.add_argument('--snippets', type=float, default=0.5, help='weight of trafilatura-dev labels; 0 leaves them out')
    parser.add_argument('--trees', type=int, help='so many in every forest: a quick run that only shows that all works')
    parser.add_argument('--epochs', type=int, help='so many of every net, likewise')
    parser.add_argument('--only-folds', action='store_true', help='leave out the models of all pages')
    parser.add_argument('--compare', action='store_true')
    parser.add_argument('--sweep', action='store_true')
    args = parser.parse_args()
    if args.trees:
        for sizes in (CONTENT, FLAT_CONTENT, ROLE, PAGE):
            # Fewer and larger steps lead about as far.
            sizes['learning_rate'] = min(0.5, sizes['learning_rate'] * sizes['iterations'] / args.trees)
            sizes['iterations'] = args.trees
    out = Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    data = Data(args.targets, args.blocks, args.features)
    if args.sweep:
        sweep_content(data, args)
        return
    if 'content' in args.what:
        train_content(data, args, out)
    if 'roles' in args.what:
        train_roles(data, args, out)
    if 'sequence' in args.what:
        train_nets.train_sequence(data, args, out, sys.modules[__name__])
    if 'pages' in args.what:
        train_pages(data, args, out)
    if 'flat' in args.what:
        flat = Flat(data, args.features)
        train_nets.train_flat(data, flat, train_flat_content(data, flat, out), args, out, sys.modules[__name__])


if __name__ == '__main__':
    sys.exit(main())
