'use strict';
(() => {
  const byId = (id) => document.getElementById(id);
  const blocks = byId('blocks'), legend = byId('legend'), detail = byId('detail');
  const rows = blocks.children;
  const roleOf = (row) => row.classList[1].slice(2);
  const roles = [...legend.querySelectorAll('[name=role]')];
  const off = new Set();
  let data = null;      // parsed when the first block is looked at
  let shown = -1;       // the block whose details stand in the panel
  let pinned = false;   // it stays there when the pointer leaves
  let current = 0;      // the block that Tab leads to

  const visible = (row) => !off.has(roleOf(row)) && !(byId('only').checked && !row.classList.contains('content')) &&
      (byId('hidden').checked || !row.classList.contains('hid'));
  const grouped = (n) => n.toLocaleString('en');

  function show(index) {
    if (index === shown) return;
    data ??= JSON.parse(byId('data').textContent);
    const row = rows[index], role = roleOf(row);
    const [sure, begin, end, kind, level, reason, source, cut] = data[index];
    if (shown >= 0) rows[shown].setAttribute('aria-selected', 'false');
    row.setAttribute('aria-selected', 'true');
    shown = index;
    detail.className = 'detail r-' + role;
    byId('d-role').textContent = role;
    byId('d-about').textContent = legend.querySelector('.r-' + role).title;
    byId('d-sure').textContent = sure + ' % sure';
    byId('d-meter').value = sure;
    byId('d-kind').textContent = kind.replace('_', ' ') + (level ? ', level ' + level : '') +
        (row.classList.contains('content') ? ', content' : '') + (row.classList.contains('hid') ? ', hidden' : '');
    byId('d-span').textContent = grouped(begin) + ' – ' + grouped(end) + ' (' + grouped(end - begin) + ' bytes)';
    const why = reason ? reason.split('; ') : [];
    byId('d-reason').replaceChildren(...why.map((text) => {
      const item = document.createElement('li');
      item.textContent = text;
      item.dir = 'auto';
      return item;
    }));
    byId('d-reason-title').hidden = why.length === 0;
    byId('d-source').textContent = source ? source + (cut ? ' …' : '') : 'not at hand';
    byId('d-source').scrollTop = 0;
    detail.hidden = false;
  }

  function close() {
    pinned = false;
    if (shown >= 0) rows[shown].setAttribute('aria-selected', 'false');
    shown = -1;
    detail.hidden = true;
  }

  function go(index) {
    rows[current]?.setAttribute('tabindex', '-1');
    current = index;
    rows[index].setAttribute('tabindex', '0');
    rows[index].focus({preventScroll: true});
    rows[index].scrollIntoView({block: 'nearest'});
    show(index);
  }

  function move(from, step, accept) {
    for (let i = from + step; i >= 0 && i < rows.length; i += step) {
      if (visible(rows[i]) && accept(rows[i])) return go(i);
    }
  }

  function filter() {
    off.clear();
    for (const box of roles) {
      if (!box.checked) off.add(box.value);
      blocks.classList.toggle('no-' + box.value, !box.checked);
    }
    blocks.classList.toggle('only-content', byId('only').checked);
    blocks.classList.toggle('no-hidden', !byId('hidden').checked);
    let left = 0, first = -1;
    for (let i = 0; i < rows.length; ++i) {
      if (!visible(rows[i])) continue;
      if (first < 0) first = i;
      ++left;
    }
    byId('shown').textContent = grouped(left) + ' of ' + grouped(rows.length) + ' blocks';
    if (byId('empty')) byId('empty').hidden = left > 0;
    if (shown >= 0 && !visible(rows[shown])) close();
    // Tab must always lead to a block that can be seen.
    if (first >= 0 && !visible(rows[current])) {
      rows[current].setAttribute('tabindex', '-1');
      current = first;
      rows[current].setAttribute('tabindex', '0');
    }
  }

  const all = (checked) => {
    for (const box of roles) box.checked = checked;
    filter();
  };
  const toggle = (box) => {
    if (!box) return;
    box.checked = !box.checked;
    filter();
  };
  const indexOf = (node) => {
    const row = node instanceof Element ? node.closest('.b') : null;
    return row ? Number(row.id.slice(1)) : -1;
  };

  legend.addEventListener('change', filter);
  legend.addEventListener('submit', (event) => event.preventDefault());
  byId('all').addEventListener('click', () => all(true));
  byId('none').addEventListener('click', () => all(false));
  byId('close').addEventListener('click', () => {
    const back = shown;
    close();
    if (back >= 0) rows[back].focus({preventScroll: true});
  });
  blocks.addEventListener('pointerover', (event) => {
    const index = indexOf(event.target);
    if (index >= 0 && !pinned && event.pointerType !== 'touch') show(index);
  });
  blocks.addEventListener('click', (event) => {
    const index = indexOf(event.target);
    if (index < 0) return;
    if (pinned && index === shown) return void (pinned = false);
    go(index);
    pinned = true;
  });
  blocks.addEventListener('focusin', (event) => {
    const index = indexOf(event.target);
    if (index >= 0 && event.target.matches(':focus-visible')) show(index);
  });

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || rows.length === 0) return;
    const key = event.key;
    if (key === 'Escape') return close();
    if (event.target.closest('select, textarea, #d-source')) return;
    const inList = indexOf(event.target) >= 0;
    const at = inList ? indexOf(event.target) : shown >= 0 ? shown : current - 1;
    const any = () => true;
    const same = (row) => at < 0 || roleOf(row) === roleOf(rows[at]);
    if (key === 'j' || (inList && key === 'ArrowDown')) move(at, 1, any);
    else if (key === 'k' || (inList && key === 'ArrowUp')) move(at, -1, any);
    else if (key === 'n') move(at, 1, same);
    else if (key === 'p') move(at, -1, same);
    else if (inList && key === 'Home') move(-1, 1, any);
    else if (inList && key === 'End') move(rows.length, -1, any);
    else if (inList && (key === 'Enter' || key === ' ')) { show(at); pinned = true; }
    else if (key >= '1' && key <= '9') toggle(roles[Number(key) - 1]);
    else if (key === '0') all(true);
    else if (key === 'c') toggle(byId('only'));
    else if (key === 'h') toggle(byId('hidden'));
    else return;
    event.preventDefault();
  });

  // A small screen shows the page first, and the filter when it is asked for.
  if (matchMedia('(max-width: 44rem)').matches) byId('filters').open = false;
  filter();
})();
