"""The nets that look at whole pages (sequence.py): one for pages, one for flattened text. Called by train.py."""
import multiprocessing
import pickle
import time
from pathlib import Path

import numpy as np
import torch

import sequence
import taught
from choose import choose
from common import FOLDS, ROLES, column_names, folder_of

FLAT_NET = dict(epochs=8, layers=4, memories=())
BODY, STANDFIRST = ROLES.index('body'), ROLES.index('standfirst')
NAMES = ('lex_', 'named_', 'far_')  # columns that elements' names fill, and these:
NAMES_TOO = ('prev1_lex', 'next1_lex')
OF_THE_PLACE = ('near_landmark', 'near_landmark_levels')


def role_weight(data):
    """A block counts for one, on long pages less (a mega menu of 800 items must not drown the rest)."""
    w = np.zeros(data.rows)
    for i in range(len(data.pages)):
        known = data.of(i, data.role) >= 0
        if known.any():
            w[data.begin[i]:data.begin[i + 1]] = known * min(1.0, (150.0 / known.sum()) ** 0.5)
    # Rare roles speak up: by the frequency to the power of -0.3.
    count = np.bincount(data.role[data.role >= 0], minlength=len(ROLES)).astype(float)
    return (w * np.where(data.role >= 0, (count.mean() / np.maximum(count, 1.0))[np.maximum(data.role, 0)] ** 0.3, 0.0)).astype(np.float32)


class Prepared:
    """A matrix of features as bytes. Columns in which all rows are the same are left out, and those that are not asked for."""

    def __init__(self, x, names, asked=None):
        low, scale = sequence.ranges(x)
        self.columns = [c for c in range(x.shape[1]) if scale[c] > 0 and (asked is None or names[c] in asked)]
        self.low, self.scale = low[self.columns], scale[self.columns]
        self.x = sequence.to_bytes(x[:, self.columns], self.low, self.scale)
        self.usual = np.rint(self.x[::17].mean(0)).astype(np.uint8)
        of_names = [i for i, c in enumerate(self.columns) if names[c] not in OF_THE_PLACE and (names[c].startswith(NAMES) or names[c] in NAMES_TOO)]
        none = np.rint(np.clip((0 - self.low[of_names]) * self.scale[of_names], 0, 127)).astype(np.uint8)
        self.unnamed = (np.array(of_names, int), none) if of_names else None

    def saved(self, q, words=None):
        vectors = None if words is None else dict(zip(words.vocabulary.tolist(), q['words'].pop('vectors').tolist()))
        return dict(net=q, columns=self.columns, low=self.low, scale=self.scale, usual=self.usual, words=vectors)


def prepared_for_pages(data, k):
    """The columns that the net of pages takes, as fold k sees them (None: all pages)."""
    return Prepared(data.matrix.load('all' if k is None else k), data.matrix.names, column_names('net_columns.txt', data.matrix.names))


def keep(saved, out, name, fold=None):
    folder = folder_of(out, fold)
    with open(folder / f'{name}.pkl', 'wb') as file:
        pickle.dump(saved, file)


def content_targets(data, snippets):
    weight = data.weight * np.where(data.wcxb, 1.0, snippets) * ~np.isnan(data.content)
    return np.nan_to_num(data.content).astype(np.float32), weight.astype(np.float32)


def chances_of_roles(z):
    p = np.exp(z[:, 1:] - z[:, 1:].max(1, keepdims=True))
    return p / p.sum(1, keepdims=True)


def log_odds_of_text(z):
    p = chances_of_roles(z)
    text = np.clip(p[:, BODY] + p[:, STANDFIRST], 0.01, 0.99)
    return np.log(text / (1 - text))


def mixed(z, forest=None, of_forest=0.35, of_role=0.25, less=0.1):
    """content_by_all() of src/roles/roles.cpp."""
    forest = z[:, 0] if forest is None else forest
    return 1 / (1 + np.exp(-(z[:, 0] + of_forest * (forest - z[:, 0]) + of_role * (log_odds_of_text(z) - z[:, 0]) - less)))


# Roles that the text of an article may hold: roles.cpp.
OF_TEXT = [ROLES.index(r) for r in ('body', 'standfirst', 'headline', 'byline', 'date', 'caption', 'notice', 'bio')]


def roles_of_both(z):
    """Of each row the likeliest role in the text, the likeliest elsewhere, and how much likelier the first is: src/roles/roles.cpp."""
    p = chances_of_roles(z)
    of_text = np.array(OF_TEXT)
    elsewhere = np.array([r for r in range(len(ROLES)) if r != BODY])
    return of_text[p[:, of_text].argmax(1)], elsewhere[p[:, elsewhere].argmax(1)], p[:, of_text].max(1) - p[:, elsewhere].max(1)


def agreeing(data, p, z):
    """The roles that agree with the text."""
    in_text, said, gain = roles_of_both(z)
    for i in range(len(data.pages)):
        rows = data.begin[i] + np.array(choose(data.of(i, p), data.scored[i].n, data.scored[i].keys, of_roles=data.of(i, gain)), int)
        said[rows] = in_text[rows]
    return said


JOBS = {}  # what forked workers need: a name → a function of the fold (None: all pages)


def work(job):
    torch.set_num_threads(1)  # one thread gives the same bytes every time
    torch.set_flush_denormal(True)
    name, fold = job
    return fold, JOBS[name](fold)


def in_folds(name, each, only_folds):
    """each(fold) for all folds and for all pages (fold None), two at a time; the results by fold."""
    JOBS[name] = each
    jobs = [(name, k) for k in range(FOLDS)] + ([] if only_folds else [(name, None)])
    with multiprocessing.get_context('fork').Pool(2) as pool:
        return dict(pool.imap_unordered(work, jobs))


def calibrated(held, forests, roles, out, name):
    """held: of each fold (None: of none) what the net says that has not seen it, forests: what the forest of roles says; roles: of the rows of
    each fold. How much each counts for each fold is learned from the other folds, for all pages from all: in what is saved (the net's part in
    its last layer, the forest's in roles_weights.npy), and in what is given back."""
    torch.set_num_threads(1)  # as in work()
    folds, told = sorted(k for k in held if k is not None), {}
    for k in held:
        others = [j for j in folds if j != k]
        of_all = lambda each: np.concatenate([each[j] for j in others])
        (of_net, of_forest), shift = sequence.calibration([of_all(held)[:, 1:], of_all(forests)], of_all(roles))
        file = folder_of(out, k) / f'{name}.pkl'
        saved = pickle.loads(file.read_bytes())
        sequence.calibrate(saved['net'], of_net, shift)
        keep(saved, out, name, k)
        np.save(folder_of(out, k) / 'roles_weights.npy', of_forest)
        if k is not None:
            told[k] = np.hstack([held[k][:, :1], held[k][:, 1:] * of_net + shift + forests[k] * of_forest])
    return told


LEAST_DOMAINS = 5  # a word that fewer domains use has no vector


def words_of(folder, k, flat=''):
    """The words of all rows that so many domains use; of fold k's vocabulary, which has not seen it (None: of all pages). flat: 'flat_' for flattened text."""
    lexicon = np.loadtxt(folder / f'role_words{"" if k is None else k}.tsv', dtype=np.int64, ndmin=2)
    vocabulary = lexicon[lexicon[:, -1] >= LEAST_DOMAINS, 0].astype(np.uint32)
    if not len(vocabulary):
        return None
    return sequence.Words(np.fromfile(folder / f'{flat}words.u32', '<u4'), np.fromfile(folder / f'{flat}word_sizes.u32', '<u4').astype(np.int64), vocabulary)


def fit_fold(data_of, begin, pages, held, targets, words, out, name, k, **more):
    """The net of fold k's training pages, kept in bytes; gives what it says of the pages that it has not seen, for all rows (None where there are none)."""
    net = sequence.fit(data_of.x, begin, pages, *targets, words=words, log=lambda _: f'fold {k}', **more)
    q = sequence.quantise(net, data_of.x, begin, pages[::max(1, len(pages) // 60)], words)
    told = sequence.predict_bytes(q, data_of.x, begin, held, words) if len(held) else None
    keep(data_of.saved(q, words), out, name, k)
    return told


def train_sequence(data, args, out, train):
    """train: the module train.py, for its reports."""
    content, weight = content_targets(data, args.snippets)
    roles = role_weight(data)
    fold_of_page = np.array([p['fold'] for p in data.pages])
    forest_file = out / 'oof_content.npz'
    start = time.time()
    more = dict(epochs=args.epochs) if args.epochs else {}
    of_forest = np.load(out / 'oof_roles.npy')
    assert of_forest.shape == (data.rows, len(ROLES)), 'the forest of roles saw other rows: train.py roles'

    def each(k):
        data_of = prepared_for_pages(data, k)
        seen = fold_of_page != (-1 if k is None else k)
        told = fit_fold(data_of, data.begin, np.flatnonzero(seen), np.flatnonzero(~seen), (content, weight, data.role, roles, data_of.unnamed),
                        words_of(data.matrix.folder, k), out, 'sequence', k, taught=taught.load(data.pages, data.texts, k), **more)
        return None if told is None else told[data.fold == k]

    z = np.zeros((data.rows, sequence.OUT), np.float32)
    told = in_folds('sequence', each, args.only_folds)
    of_folds = lambda values: [values[data.fold == k] for k in range(FOLDS)]
    for k, held in calibrated(told, of_folds(of_forest), of_folds(data.role), out, 'sequence').items():
        if k is not None:
            z[data.fold == k] = held
    np.savez_compressed(out / 'oof_sequence.npz', z=z, begin=data.begin)
    print(f'sequence model: {sequence.NET}, {time.time() - start:.0f} s')
    train.report_content(data, 1 / (1 + np.exp(-z[:, 0])), 'net alone')
    print('roles by net and forest')
    train.report_roles(data, z[:, 1:].argmax(1))
    if forest_file.exists():
        forest = np.log(np.clip(np.load(forest_file)['p'], 1e-6, 1 - 1e-6))
        forest = forest - np.log1p(-np.exp(forest))
        p = mixed(z, forest)
        train.report_content(data, p, 'net, forest and role', of_roles=roles_of_both(z)[2])
        print('roles in agreement with the text')
        train.report_roles(data, agreeing(data, p, z))


def train_flat(data, flat, forests, args, out, train):
    """flat: the same pages with their markup gone, two or three texts each (train.Flat). forests: log-odds of
    each row by the forest that has not seen its fold."""
    role = flat.role
    weight = (role_weight(data)[flat.rows] * np.where(flat.spliced, 0.3, 1.0)).astype(np.float32)
    content = np.nan_to_num(flat.content).astype(np.float32)
    content_weight = (flat.weight * ~np.isnan(flat.content)).astype(np.float32)
    more = {**FLAT_NET, **(dict(epochs=args.epochs) if args.epochs else {})}
    data_of = Prepared(flat.x, data.matrix.names)
    texts = np.arange(len(flat.begin) - 1)
    fold_of_text = flat.fold[flat.begin[:-1]]
    p, n, votes = np.zeros(data.rows), np.zeros(data.rows), np.zeros((data.rows, len(ROLES)))

    def taught_of(k):
        # What teachers say of a block that they have seen with its markup and its page around it.
        said = taught.load(data.pages, data.texts, k)
        return None if said is None else taught.Taught(said.content[flat.rows], said.roles[flat.rows])

    def each(k):
        seen = fold_of_text != (-1 if k is None else k)
        told = fit_fold(data_of, flat.begin, texts[seen], texts[~seen], (content, content_weight, role, weight), words_of(data.matrix.folder, k, 'flat_'), out,
                        'sequence_flat', k, repeat=0, taught=taught_of(k), **more)
        return None if told is None else told[flat.fold == k]

    for k, z in in_folds('flat', each, args.only_folds).items():
        if k is None:
            continue
        own = ~flat.spliced[flat.fold == k]
        rows = flat.rows[flat.fold == k][own]
        forest = forests[flat.fold == k][own] if forests is not None else None
        np.add.at(p, rows, mixed(z[own], forest, less=0.0))
        np.add.at(n, rows, 1)
        np.add.at(votes, rows, z[own][:, 1:])
    print(f'flattened text: {more}, {len(texts)} texts')
    train.report_content(data, np.where(n > 0, p / np.maximum(n, 1), 0), 'net, flattened')
    print('roles of flattened text, visible blocks')
    train.report_roles(data, votes.argmax(1), np.abs(votes).sum(1) > 0)
