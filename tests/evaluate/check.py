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


def test_what_teachers_say():
    import numpy as np
    import taught
    random = np.random.RandomState(1)
    content, roles = random.rand(500).astype(np.float32), random.dirichlet([0.1] * len(taught.ROLES), 500).astype(np.float32)
    kept_content, kept_roles = taught.unpack(**taught.pack(content, roles))
    assert abs(kept_content - content).max() <= 0.5 / taught.STEPS + 1e-6
    others = np.arange(roles.shape[1]) != roles.argmax(1)[:, None]
    assert abs(kept_roles - roles)[others].max() <= 0.5 / taught.STEPS + 1e-6 and np.allclose(kept_roles.sum(1), 1)
    # Three pages of two folds, kept as taught.py keeps them.
    pages = [dict(page=name, fold=fold) for name, fold in (('a', 0), ('b', 1), ('c', 1))]
    texts = [['one', 'two'], ['three'], ['four', 'five', 'six']]
    file = work / 'taught.npz'
    parts = {f'{name}_{part}': v for name in ('all', 'fold0', 'fold1') for part, v in taught.pack(content[:6], roles[:6]).items()}
    np.savez(file, pages=np.array(['a', 'b', 'c']), hashes=np.array([taught.page_hash(t) for t in texts], np.uint32),
             sizes=np.array([2, 1, 3], np.uint32), folds=np.array([0, 1, 1], np.uint8), **parts)
    spoken = lambda *args: (taught.load(*args, file).roles.sum(1) > 0.5).tolist()
    assert spoken(pages, texts, None) == [True] * 6
    assert spoken(pages, texts, 1) == [True] * 2 + [False] * 4, 'of pages kept from the teacher alone'
    changed = [texts[0], ['thre'], texts[2]]
    assert spoken(pages[::-1], changed[::-1], None) == [True] * 3 + [False] + [True] * 2, 'not of a page that has changed'
    assert np.allclose(taught.load(pages[::-1], texts[::-1], None, file).content[:3], kept_content[3:6])
    dealt_anew = [dict(pages[0], fold=1), *pages[1:]]
    assert taught.load(dealt_anew, texts, 0, file) is None and spoken(dealt_anew, texts, None) == [True] * 6
    assert taught.load(pages, texts, None, work / 'none.npz') is None


def test_memory_in_floats_and_in_bytes():
    import numpy as np
    import sequence
    import torch
    random = np.random.RandomState(2)
    part, own = random.rand(700, 3).astype(np.float32), random.rand(700, 3).astype(np.float32)
    part[::90] = 1
    held, wanted = np.zeros(3), []
    for p, o in zip(part, own):
        held = held * (1 - p) + o
        wanted.append(held)
    assert np.allclose(sequence.carried(torch.from_numpy(part), torch.from_numpy(own)).numpy(), wanted, atol=1e-4)
    m = sequence.MEMORY
    gates, values = random.randint(0, 128, (300, 2 * m)), random.randint(0, 128, (300, 2 * m))
    gates[random.rand(300) < 0.5] = 0
    said = sequence.carried_bytes(np.hstack([gates, values]))
    for columns, order in ((slice(0, m), 1), (slice(m, None), -1)):
        g, v = (torch.from_numpy(a[::order, columns].astype(np.float32)) for a in (gates / 127, values))
        assert abs(sequence.carried(g, g * v).numpy()[::order] - said[:, columns]).max() < 1.5


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
