"""The figures as tables of text: for the terminal, and for docs/evaluation.md (Markdown)."""

TYPES = ['article', 'documentation', 'service', 'forum', 'listing', 'collection', 'product']
NAMES = {'precision': 'offprint --favor precision', 'recall': 'offprint --favor recall'}


def three(x):
    return '–' if x is None else f'{x:.3f}'.replace('0.', '.', 1) if 0 <= x < 1 else f'{x:.3f}'


def table(head, rows):
    """Markdown that is also readable as it is."""
    cells = [[str(c) for c in row] for row in [head, *rows]]
    size = [max(len(row[i]) for row in cells) for i in range(len(head))]
    line = lambda row: '| ' + ' | '.join(c.ljust(n) if i == 0 else c.rjust(n) for i, (c, n) in enumerate(zip(row, size))) + ' |'
    return '\n'.join([line(cells[0]), '| ' + ' | '.join('-' * n for n in size) + ' |', *map(line, cells[1:])])


def label(figures, name):
    return f'{name} {figures["systems"][name]["version"]}' if name in figures['peers'] else NAMES.get(name, name)


def order(figures, stops=False):
    return ['offprint', *(['precision', 'recall'] if stops else []), *sorted(figures['peers'], key=lambda n: -figures['systems'][n]['words']['f1'])]


def by_type(figures):
    rows = []
    for name in order(figures):
        w = figures['systems'][name]['words']
        rows.append([label(figures, name), three(w['f1']), *(three(w['by_type'].get(t)) for t in TYPES), three(w['precision']), three(w['recall'])])
    return table(['word F1, wcxb-dev', 'all', *TYPES, 'precision', 'recall'], rows)


def ahead(figures):
    rows = []
    for name in order(figures)[1:]:
        s = figures['systems'][name]
        d, low, high = s['behind']
        rows.append([label(figures, name), f'{d:+.3f}', f'{low:+.3f} to {high:+.3f}', s['failed'], f'{s["seconds"]:.0f}'])
    return table(['offprint is ahead of', 'by', '95 %', 'no answer', 'CPU s'], rows)


def by_language(figures, least=5):
    languages = figures['systems']['offprint']['words']['languages']
    kept = [k for k, v in languages.items() if v['pages'] >= least]
    rows = [[label(figures, n), *(three(figures['systems'][n]['words']['languages'][k]['f1']) for k in kept)] for n in order(figures)]
    return table(['word F1 by language, wcxb-dev', *(f'{k} ({languages[k]["pages"]})' for k in kept)], rows)


def snippets(figures, least=8):
    languages = figures['systems']['offprint']['snippets'].get('languages', {})
    kept = [k for k, v in languages.items() if v['pages'] >= least]
    rows = []
    for name in order(figures):
        s = figures['systems'][name]['snippets']
        rows.append([label(figures, name), three(s.get('precision')), three(s.get('recall')), three(s.get('f1')), *(three(s['languages'][k]['f1']) for k in kept)])
    return table(['snippets, trafilatura-dev', 'precision', 'recall', 'F1', *(f'{k} ({languages[k]["pages"]})' for k in kept)], rows)


def fields(figures):
    kinds = ['title', 'author', 'date']
    rows = [[label(figures, n), *(three(figures['systems'][n]['fields'].get(k)) for k in kinds)] for n in order(figures)]
    return table(['fields, wcxb-dev: share right', *kinds], rows)


def read_fields(figures):
    kinds = ['title', 'author', 'date', 'author said where none signs']
    rows = [[label(figures, n), *(three(figures['systems'][n]['read_fields'].get(k)) for k in kinds)] for n in order(figures)]
    return table(['fields, trafilatura-dev: share right', *kinds], rows)


def leaks(figures):
    kinds = list(figures['systems']['offprint']['leaks'])
    rows = [[label(figures, n), *(figures['systems'][n]['leaks'][k] for k in kinds)] for n in order(figures)]
    return table(['pages with surplus words of', *kinds], rows)


def stops(figures):
    rows = []
    for name in ('precision', 'offprint', 'recall'):
        s = figures['systems'][name]
        w, n = s['words'], s['snippets']
        rows.append([label(figures, name), three(w['precision']), three(w['recall']), three(w['f1']), three(n.get('precision')), three(n.get('recall'))])
    return table(['the two stops of --favor', 'precision', 'recall', 'F1', 'snippets: precision', 'recall'], rows)


def curve(figures):
    return table(['weight of recall', 'precision', 'recall', 'F1'], [[c['weight'], three(c['precision']), three(c['recall']), three(c['f1'])] for c in figures['curve']])


def calibration(figures):
    rows = [[f'{s["said"]:.3f}', f'{s["held"]:.3f}', f'{100 * s["share"]:.1f} %'] for s in figures['calibration']['steps']]
    return table(['probability said', 'is content', 'of all words'], rows)


def roles(figures):
    f1 = sorted(figures['roles']['roles'].items(), key=lambda r: -r[1]['blocks'])
    return table(['role', 'blocks', 'F1'], [[r, v['blocks'], three(v['f1'])] for r, v in f1 if v['blocks']])


def confusions(figures):
    return table(['label', 'said', 'blocks'], figures['roles']['confusions'][:12])


def page_types(figures):
    rows = [[corpus, three(t['accuracy']), *(three(t['types'].get(k)) for k in TYPES)]
            for corpus, t in (('wcxb-dev', figures['page_type']), ('trafilatura-dev', figures['read_page_type']))]
    return table(['page type right', 'all', *TYPES], rows)


def print_tables(figures):
    parts = [by_type, ahead, stops, by_language, snippets, leaks, fields, read_fields, page_types, curve, calibration]
    print(f'\n{figures["pages"]} pages, {figures["wcxb"]} of wcxb-dev, out of fold\n')
    print('\n\n'.join(part(figures) for part in parts))
    print(f'\ncalibration error {figures["calibration"]["error"]:.4f}; standard error of word F1 {figures["systems"]["offprint"]["words"]["error"]:.4f}')
    if figures['roles']:
        print(f'\nroles: accuracy {figures["roles"]["accuracy"]:.4f}, macro F1 {figures["roles"]["macro_f1"]:.4f}, {figures["roles"]["pages"]} pages\n')
        print(roles(figures) + '\n\n' + confusions(figures))
