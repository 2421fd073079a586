#!/usr/bin/env python3
"""Which columns the net of pages is worth: group lasso over the columns of its first layer → net_columns.txt.

    choose_columns.py --features DIR --targets targets.jsonl --blocks blocks.jsonl [--count 308] > training/net_columns.txt

The net that is trained for it is thrown away: with the columns it kept, train.py fits another without lasso. It takes some
minutes, and is run when columns were added, not for each training.
"""
import argparse
from pathlib import Path

import numpy as np

import sequence
import train
from train_nets import Prepared, content_targets, role_weight


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--features', required=True, type=Path)
    parser.add_argument('--targets', required=True, type=Path)
    parser.add_argument('--blocks', required=True, type=Path)
    parser.add_argument('--count', type=int, default=308)
    parser.add_argument('--lasso', type=float, default=2.0)
    parser.add_argument('--snippets', type=float, default=0.5)
    args = parser.parse_args()
    data = train.Data(args.targets, args.blocks, args.features)
    content, weight = content_targets(data, args.snippets)
    of = Prepared(data.matrix.load('all'), data.matrix.names)
    net = sequence.fit(of.x, data.begin, np.arange(len(data.pages)), content, weight, data.role, role_weight(data), of.unnamed, lasso=args.lasso)
    weights = net.first.weight.detach().numpy()
    # What a column can do: its weights by how far its values spread.
    use = np.linalg.norm(weights, axis=0) * of.x[::17].std(0)
    for c in sorted(np.argsort(-use, kind='stable')[:args.count]):
        print(data.matrix.names[of.columns[c]])


if __name__ == '__main__':
    main()
