#!/usr/bin/env python3
"""check.py WORK BUILD PEERS: what evaluate/run.sh left of a small run holds together."""
import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / 'training'), str(ROOT / 'evaluate')]
from common import SHARED, read_jsonl, score  # noqa: E402
import folds  # noqa: E402

work, build, peers = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3].split()
figures = json.loads((work / 'figures.json').read_text())
pages = (work / 'pages.txt').read_text().split()
targets = {t['page']: t for t in read_jsonl(work / 'data/targets.jsonl')}


def test_every_page_once_by_the_program_of_its_fold():
    got = {c: [p['source'] for p in read_jsonl(work / f'output/offprint/{c}.jsonl')] for c in ('wcxb-dev', 'trafilatura-dev')}
    assert sorted(sum(got.values(), [])) == sorted(targets) == pages and len(pages) > 20, len(pages)
    for k in range(folds.FOLDS):
        mine = {p for p in pages if targets[p]['fold'] == k}
        listed = {'/'.join(Path(p).parts[-3:]) for p in (work / f'fold{k}/pages.txt').read_text().split()}
        assert listed == mine, (k, listed ^ mine)
        assert not {targets[p]['domain'] for p in mine} & {t['domain'] for t in targets.values() if t['fold'] != k}


def test_programs_have_their_own_models():
    # The same page by all programs and by the one of the build: no two say the same probabilities.
    page = pages[-1]
    probes = [build / 'evaluate/offprint-probe', *(work / f'fold{k}/offprint-probe' for k in range(folds.FOLDS))]
    said = [json.loads(subprocess.run([p, '1', SHARED / 'corpora', page], capture_output=True, text=True, check=True).stdout) for p in probes]
    assert len({json.dumps(s['content']) for s in said}) == len(said)
    # Class names that one program weighs and another does not: lexicons differ, too.
    assert len({(work / f'fold{k}/models/token_lexicons.cpp').read_text() for k in range(folds.FOLDS)}) == folds.FOLDS
    assert folds.learned() <= {p.name for p in (work / 'fold0/models').glob('*.cpp')}


def test_figures_are_the_scorers():
    of_score, _ = score.score_words(work / 'corpus/wcxb-dev', work / 'output/offprint/wcxb-dev.jsonl')
    words = figures['systems']['offprint']['words']
    assert of_score['f1'] == words['f1'] and 0.4 < words['f1'] < 1, words['f1']
    n = sum(p.startswith('wcxb') for p in pages)
    assert of_score['pages'] == figures['wcxb'] == n and abs(sum(e[3] for e in figures['each'].values()) / n - words['f1']) < 1e-4
    # The stops are points of the curve: the probe and the program choose alike, but for what comes after the choice.
    curve = {float(c['weight']): c for c in figures['curve']}
    assert abs(curve[1.0]['f1'] - words['f1']) < 0.03, (curve[1.0], words['f1'])
    recalls = [c['recall'] for c in figures['curve']]
    assert recalls == sorted(recalls) and recalls[-1] > recalls[0]
    assert figures['systems']['recall']['words']['recall'] > figures['systems']['precision']['words']['recall']
    assert abs(sum(s['share'] for s in figures['calibration']['steps']) - 1) < 1e-9
    assert figures['peers'] == peers and all(0.3 < figures['systems'][p]['words']['f1'] < 1 for p in peers)
    assert len(figures['ships']) >= 5, 'models of three trees cannot be those of src/generated'


def test_page_is_whole():
    html = (work / 'index.html').read_text(encoding='utf-8')
    assert html.count('<details class="worst"') == len(figures['worst']) == min(50, figures['wcxb'])
    for row in figures['worst']:
        name = score.stem(row['page'])
        assert f'href="inspect/{name}.html"' in html and (work / f'inspect/{name}.html').stat().st_size > 1000
    assert html.count('<svg') >= 6 and 'src=' not in html and '<script' not in html and '<link' not in html
    assert 'are of another training' in html


for name, test in list(globals().items()):
    if name.startswith('test_'):
        test()
        print(f'{name}: right')
