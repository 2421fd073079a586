#!/usr/bin/env python3
"""Which columns the net of pages is worth: group lasso over the columns of its first layer → net_columns.txt.
And whose means the page model is worth, of these: those that told most in a model of all → page_columns.txt.

    choose_columns.py --features DIR --targets targets.jsonl --blocks blocks.jsonl [--count 308] > training/net_columns.txt
    choose_columns.py --features DIR --targets targets.jsonl --blocks blocks.jsonl --models MODELS [--count 40] > training/page_columns.txt

The net or model that is trained for it is thrown away: with the columns that are kept, train.py fits another. It takes some
minutes, and is run when columns were added, not for each training.
"""
import argparse
import sys
from pathlib import Path

import numpy as np

import sequence
import train
from common import column_names
from train_nets import Prepared, content_targets, role_weight


def of_page_model(data, models, count):
    """By the mean importance in models of four folds each, so that no page is judged by one that it helped to choose more than another."""
    of = train.PageInputs(data, models, column_names('net_columns.txt', data.matrix.names))
    use = np.zeros(len(of.names))
    for k in range(train.FOLDS):
        x, held = of.of_fold(k), of.fold == k
        use += of.fit(x[~held], np.flatnonzero(~held)).get_feature_importance()
    means = of.of_page + len(train.ROLES)
    best = means + np.argsort(-use[means:], kind='stable')[:count]
    return [of.names[c].removeprefix('mean_') for c in sorted(best)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--features', required=True, type=Path)
    parser.add_argument('--targets', required=True, type=Path)
    parser.add_argument('--blocks', required=True, type=Path)
    parser.add_argument('--models', type=Path, help='what train.py wrote: choose for the page model')
    parser.add_argument('--count', type=int)
    parser.add_argument('--lasso', type=float, default=2.0)
    parser.add_argument('--snippets', type=float, default=0.5)
    args = parser.parse_args()
    data = train.Data(args.targets, args.blocks, args.features)
    content, weight = content_targets(data, args.snippets)
    if args.models:
        sys.stdout.writelines(f'{name}\n' for name in of_page_model(data, args.models, args.count or 40))
        return
    of = Prepared(data.matrix.load('all'), data.matrix.names)
    net = sequence.fit(of.x, data.begin, np.arange(len(data.pages)), content, weight, data.role, role_weight(data), of.unnamed, lasso=args.lasso)
    weights = net.first.weight.detach().numpy()
    # What a column can do: its weights by how far its values spread.
    use = np.linalg.norm(weights, axis=0) * of.x[::17].std(0)
    for c in sorted(np.argsort(-use, kind='stable')[:args.count or 308]):
        print(data.matrix.names[of.columns[c]])


if __name__ == '__main__':
    main()
