#!/usr/bin/env python3
"""The figures as a page for people: WORK/index.html, in itself whole, and WORK/inspect/ with the inspector's view of the worst pages.

    page.py --corpora CORPORA --work WORK

Reads WORK/figures.json and what the systems gave. The worst pages stand side by side: left the reference, what we miss marked in
it; right our text, what the reference lacks marked in it.
"""
import argparse
import difflib
import json
import re
import subprocess
import sys
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / 'training'), str(ROOT / 'evaluate')]
import plots  # noqa: E402
import tables  # noqa: E402
from common import read_jsonl, score  # noqa: E402

SHOWN = 2500  # words of a side
KEPT = 30     # words that are left of a long agreement, at its either end

STYLE = '''
:root { color-scheme: light dark; --bg: #fff; --fg: #1c2126; --dim: #667; --line: #d8dce0; --card: #f6f7f9; --missed: #ffd9d6; --extra: #ffe7b8; --link: #0b5cad }
@media (prefers-color-scheme: dark) { :root { --bg: #14181c; --fg: #e4e8ec; --dim: #9aa4ae; --line: #343b42; --card: #1c2228; --missed: #6b2622; --extra: #5c4512; --link: #7db7ee } }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 1110px; padding: 24px 24px 80px; background: var(--bg); color: var(--fg); font: 15px/1.5 system-ui, sans-serif }
h1 { font-size: 26px; margin: 0 } h2 { font-size: 20px; margin: 44px 0 10px; border-top: 1px solid var(--line); padding-top: 18px }
p { max-width: 75ch } a { color: var(--link) } .dim { color: var(--dim) }
.warn { background: var(--extra); padding: 8px 12px; border-radius: 6px }
.plots { display: flex; flex-wrap: wrap; gap: 18px 16px; align-items: flex-start } .plots svg { max-width: 100%; height: auto }
.wide { overflow-x: auto } table { border-collapse: collapse; font-variant-numeric: tabular-nums; margin: 12px 0; font-size: 14px }
th, td { padding: 3px 10px; text-align: right; border-bottom: 1px solid var(--line) } th:first-child, td:first-child { text-align: left; padding-left: 0 }
th { font-weight: 600; color: var(--dim); vertical-align: bottom } tr.best td { font-weight: 600 }
.worst { border: 1px solid var(--line); border-radius: 8px; margin: 14px 0; background: var(--card) }
.worst > summary { padding: 9px 14px; cursor: pointer; display: flex; flex-wrap: wrap; gap: 4px 16px; align-items: baseline }
.worst > summary b { font-variant-numeric: tabular-nums }
.meter { display: inline-block; width: 90px; height: 9px; background: var(--line); border-radius: 5px; overflow: hidden } .meter i { display: block; height: 100%; background: #0b5cad }
.sides { display: grid; grid-template-columns: 1fr 1fr; border-top: 1px solid var(--line) }
.sides > div { padding: 8px 14px; font-size: 13.5px; line-height: 1.45; overflow-wrap: anywhere; max-height: 34em; overflow-y: auto; background: var(--bg) }
.sides > div + div { border-left: 1px solid var(--line) } .sides h3 { margin: 0 0 4px; font-size: 12px; color: var(--dim); font-weight: 600 }
mark { color: inherit; border-radius: 2px; background: var(--missed) } .ours mark { background: var(--extra) }
.skip { color: var(--dim); font-style: italic }
.bar { padding: 2px 14px 9px; font-size: 13.5px; color: var(--dim) }
'''


def html_table(markdown):
    """A table of tables.py as HTML."""
    head, _, *rows = [[c.strip() for c in line.strip('|').split('|')] for line in markdown.split('\n')]
    row = lambda cells, tag: ''.join(f'<{tag}>{escape(c)}</{tag}>' for c in cells)
    body = ''.join(f'<tr{" class=best" if r[0] == "offprint" else ""}>{row(r, "td")}</tr>' for r in rows)
    return f'<div class="wide"><table><thead><tr>{row(head, "th")}</tr></thead><tbody>{body}</tbody></table></div>'


def pieces(text):
    """Words as the scorer sees them, each with the text up to the next one."""
    found = [(m.group().lower(), m.start()) for m in re.finditer(r'\w+', text)]
    ends = [at for _, at in found[1:]] + [len(text)]
    return [w for w, _ in found], [text[at:end] for (_, at), end in zip(found, ends)]


def marked(shown, same):
    """Text of one side: runs that the other side lacks are marked, long agreements are cut short."""
    out = []
    for common, begin, end in same:
        run = shown[begin:end]
        if not run:
            continue
        text = lambda part: re.sub(r'\n\s*\n?', '<br>', escape(''.join(part)))
        if not common:
            out.append(f'<mark>{text(run)}</mark>')
        elif len(run) > 2 * KEPT + 20:
            out.append(f'{text(run[:KEPT])}<span class="skip"> … {len(run) - 2 * KEPT} words alike … </span>{text(run[-KEPT:])}')
        else:
            out.append(text(run))
    return ''.join(out)


def sides(reference, ours):
    """Both texts as HTML, with what differs marked."""
    (a, shown_a), (b, shown_b) = pieces(reference), pieces(ours)
    cut = [len(a) > SHOWN, len(b) > SHOWN]
    matches = difflib.SequenceMatcher(None, a[:SHOWN], b[:SHOWN], autojunk=False).get_opcodes()
    left = marked(shown_a, [(tag == 'equal', i, j) for tag, i, j, _, _ in matches])
    right = marked(shown_b, [(tag == 'equal', i, j) for tag, _, _, i, j in matches])
    more = lambda side, n: f'<p class="skip">… {n - SHOWN} further words</p>' if side else ''
    return left + more(cut[0], len(a)), right + more(cut[1], len(b))


def program_of(work, page):
    """The program that has not seen the page."""
    for fold in sorted(work.glob('fold*')):
        if any(line.endswith(page) for line in (fold / 'pages.txt').read_text().split()):
            return fold / 'offprint'
    return None


def worst_page(row, number, args, truth, found):
    page, name = row['page'], score.stem(row['page'])
    inspected = args.work / 'inspect' / f'{name}.html'
    inspected.parent.mkdir(exist_ok=True)
    link = ''
    done = subprocess.run([program_of(args.work, page), 'inspect', args.corpora / page, '-o', inspected], capture_output=True)
    if done.returncode == 0:
        link = f'<a href="inspect/{name}.html">every block, with its role and reason</a>'
    source = json.loads((args.corpora / f'wcxb-dev/ground-truth/{name}.json').read_text(encoding='utf-8'))['url']
    reference, ours = truth['ground_truth'].get('main_content') or '', found.get('text') or ''
    left, right = sides(reference, ours)
    peers = ', '.join(f'{n} {tables.three(v)}' for n, v in sorted(row['peers'].items(), key=lambda p: -p[1]))
    return f'''<details class="worst" id="p{name}"{" open" if number <= 3 else ""}><summary><b>{number}</b> <b>{name}</b> <span>{escape(row["type"])}</span>
<span class="meter"><i style="width:{100 * row["f1"]:.0f}%"></i></span> <span>F1 <b>{tables.three(row["f1"])}</b>, precision {tables.three(row["precision"])}, recall {tables.three(row["recall"])}</span>
<span class="dim">{escape(found.get("title") or "")[:90]}</span></summary>
<div class="bar">{escape(source)[:140]} · {link}<br>peers: {peers or "–"}</div>
<div class="sides"><div><h3>Reference, {len(score.words(reference))} words; marked: missed by us</h3>{left or '<span class="skip">empty</span>'}</div>
<div class="ours"><h3>offprint, {len(score.words(ours))} words; marked: not in the reference</h3>{right or '<span class="skip">empty</span>'}</div></div></details>'''


def build(args):
    figures = json.loads((args.work / 'figures.json').read_text(encoding='utf-8'))
    found = {p['source']: p for p in read_jsonl(args.work / 'output/offprint/wcxb-dev.jsonl')}
    truths = {r['page']: json.loads((args.corpora / r['page'].replace('/html/', '/ground-truth/').replace('.html.gz', '.json')).read_text(encoding='utf-8'))
              for r in figures['worst']}
    w = figures['systems']['offprint']['words']
    best = max(figures['peers'], key=lambda n: figures['systems'][n]['words']['f1'], default=None)
    against = '' if not best else f', {figures["systems"][best]["behind"][0]:+.3f} against {escape(tables.label(figures, best))}, the best of the peers'
    ships = '' if not figures['ships'] else ('<p class="warn">These figures are of another training than the models of src/generated: '
                                             f'{escape(", ".join(figures["ships"]))} differ.</p>')
    roles = '' if not figures['roles'] else (f'<h2 id="roles">Roles</h2><p>Accuracy {figures["roles"]["accuracy"]:.3f}, macro F1 {figures["roles"]["macro_f1"]:.3f} '
                                             f'over {figures["roles"]["pages"]} pages, as shipped: in agreement with the chosen text.</p><div class="plots">'
                                             f'{plots.confusions(figures)}<div>{html_table(tables.roles(figures))}</div></div>')
    worst = '\n'.join(worst_page(r, i, args, truths[r['page']], found.get(r['page'], {})) for i, r in enumerate(figures['worst'], 1))
    return f'''<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>offprint: evaluation</title>
<style>{STYLE}</style>
<h1>offprint, out of fold</h1>
<p>Word F1 <b>{w["f1"]:.4f}</b> (standard error {w["error"]:.4f}) over {figures["wcxb"]} pages of wcxb-dev{against}. Every page was read by
the program itself, with models that had seen no page of its domain. {escape(figures["trained"])}</p>{ships}
<p><a href="#type">By type</a> · <a href="#knob">The knob</a> · <a href="#language">Languages, snippets, fields</a> · <a href="#roles">Roles</a> · <a href="#worst">The worst pages</a></p>
<h2 id="type">By type of page</h2><div class="plots">{plots.by_type(figures)}</div>
{html_table(tables.by_type(figures))}
<div class="plots">{plots.each_page(figures)}<div>{html_table(tables.ahead(figures)) if figures["peers"] else ""}<p class="dim">The best peer of each page is chosen with hindsight.</p></div></div>
<h2 id="knob">Precision, recall, the knob</h2><div class="plots">{plots.precision_recall(figures)}{plots.favor(figures)}</div>{html_table(tables.stops(figures))}
<div class="plots">{plots.calibration(figures)}<div>{html_table(tables.calibration(figures))}<p>Mean distance, by words: {figures["calibration"]["error"]:.3f}</p></div></div>
<h2 id="language">Languages, snippets, fields</h2>{html_table(tables.by_language(figures))}{html_table(tables.snippets(figures))}
<div class="plots">{plots.fields(figures)}</div>{html_table(tables.fields(figures))}{html_table(tables.read_fields(figures))}{html_table(tables.page_types(figures))}
{roles}
<h2 id="worst">The {len(figures["worst"])} worst pages</h2>
<p>Left the reference, <mark>what we miss</mark> marked; right our text, <span class="ours"><mark>what the reference lacks</mark></span> marked.</p>
{worst}</html>'''


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ('corpora', 'work'):
        parser.add_argument(f'--{name}', required=True, type=lambda p: Path(p).resolve())
    args = parser.parse_args()
    out = args.work / 'index.html'
    out.write_text(build(args), encoding='utf-8')
    print(out)


if __name__ == '__main__':
    sys.exit(main())
