#!/usr/bin/env python3
"""Puts the figures of WORK/figures.json into docs/: every table of docs/evaluation.md between `<!-- NAME -->` and `<!-- end -->` (NAME is a
function of tables.py), docs/favor.svg and docs/calibration.svg.

    docs.py --work WORK
"""
import argparse
import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / 'evaluate'))
import plots  # noqa: E402
import tables  # noqa: E402


def summary(figures):
    w, best = figures['systems']['offprint']['words'], max(figures['peers'], key=lambda n: figures['systems'][n]['words']['f1'], default=None)
    text = f'{figures["wcxb"]} pages of `wcxb-dev`: word F1 **{w["f1"]:.4f}**, standard error {w["error"]:.4f}'
    if best:
        d, low, high = figures['systems'][best]['behind']
        text += f'; {d:+.3f} ({low:+.3f} to {high:+.3f}) against {tables.label(figures, best)}, the best of the peers'
    if figures['roles']:
        text += f'. Roles of {figures["roles"]["pages"]} pages: accuracy {figures["roles"]["accuracy"]:.3f}, macro F1 {figures["roles"]["macro_f1"]:.3f}'
    text += f'. Calibration: {figures["calibration"]["error"]:.3f} mean distance. {figures["trained"]}'
    if figures['ships']:
        text += f' These models are **not** of the training that `src/generated` is of: {", ".join(figures["ships"])} differ.'
    return text


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--work', required=True, type=Path)
    figures = json.loads((parser.parse_args().work / 'figures.json').read_text(encoding='utf-8'))
    parts = {**{n: getattr(tables, n) for n in dir(tables) if callable(getattr(tables, n))}, 'summary': summary}
    page = ROOT / 'docs/evaluation.md'
    text = re.sub(r'(<!-- (\w+) -->\n).*?(<!-- end -->)', lambda m: f'{m[1]}\n{parts[m[2]](figures)}\n\n{m[3]}', page.read_text(encoding='utf-8'), flags=re.S)
    page.write_text(text, encoding='utf-8')
    for name in ('favor', 'calibration', 'precision_recall'):
        (ROOT / f'docs/{name}.svg').write_text(plots.alone(getattr(plots, name)(figures), 'evaluate/docs.py'), encoding='utf-8')


if __name__ == '__main__':
    sys.exit(main())
