#!/usr/bin/env python3
"""Readings of pages (role ranges by block index) → role_labels.jsonl: the blocks of a page in order, as runs "role hash hash ..." of one role.

    adopt_labels.py --blocks blocks.jsonl --readings FOLDER... > training/role_labels.jsonl

A reading is a file NAME.roles with lines "first-last role"; NAME is the page's path under corpora with '/' as '_' and without
.html.gz. Labels are kept by the hash of a block's text, so that they outlive changes of the block finder.
"""
import argparse
import json
import sys
from itertools import groupby
from pathlib import Path

from common import ROLES, read_jsonl, text_hash


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--blocks', required=True)
    parser.add_argument('--readings', required=True, nargs='+')
    args = parser.parse_args()
    pages = {p['page'].replace('/', '_').replace('.html.gz', ''): p for p in read_jsonl(args.blocks)}
    seen = set()
    for folder in args.readings:
        for path in sorted(Path(folder).glob('*.roles')):
            if path.stem in seen:
                continue  # a page that was read twice: the first reading stands
            seen.add(path.stem)
            page = pages[path.stem]
            roles = {}
            for line in path.read_text().split('\n'):
                if line.strip():
                    span, role = line.split()[:2]
                    first, last = (span.split('-') * 2)[:2]
                    assert role in ROLES, (path, line)
                    roles.update({i: role for i in range(int(first), int(last) + 1)})
            if len(roles) != len(page['blocks']):
                sys.exit(f'{path}: {len(roles)} roles, {len(page["blocks"])} blocks')
            runs = [' '.join([role, *(text_hash(b['text']) for _, b in run)])
                    for role, run in groupby(enumerate(page['blocks']), key=lambda block: roles[block[0]])]
            print(json.dumps({'page': page['page'], 'blocks': runs}, separators=(',', ':')))


main()
