// Drives the reader's pages in Debian's Chromium: every control, the keyboard, axe-core in light and dark, print, and
// above all that no page ever asks the network for anything or runs a word of what it was made of.
//   node reader.test.mjs FOLDER [--shots FOLDER]
import assert from 'node:assert/strict';
import {createServer} from 'node:http';
import {mkdirSync, readFileSync, readdirSync} from 'node:fs';
import {createRequire} from 'node:module';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';
import {chromium} from 'playwright-core';

const folder = process.argv[2] ?? 'pages';
const shots = process.argv.includes('--shots') ? process.argv[process.argv.indexOf('--shots') + 1] : null;
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const files = readdirSync(folder).filter((name) => name.endsWith('.html')).sort();

let browser, server, origin;

before(async () => {
  browser = await chromium.launch({
    executablePath: process.env.OFFPRINT_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
           '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  // Served rather than opened as files, so that localStorage has an origin and every request can be seen.
  server = createServer((request, response) => {
    try {
      const body = readFileSync(join(folder, decodeURIComponent(request.url.slice(1))));
      response.writeHead(200, {'content-type': 'text/html'}).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  origin = `http://127.0.0.1:${server.address().port}/`;
});
after(async () => {
  await browser?.close();
  server?.close();
});

// Opens a page and keeps account of what must not happen.
async function open(name, options = {}) {
  const context = await browser.newContext({viewport: {width: 1280, height: 900}, ...options});
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);  // of a busy machine
  const trouble = [];
  page.on('pageerror', (error) => trouble.push('error: ' + error.message));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) trouble.push('console: ' + message.text());
  });
  page.on('dialog', (dialog) => { trouble.push('dialog'); dialog.dismiss(); });
  let requests = 0;
  await context.route('**', (route) => {
    const url = route.request().url();
    if (url === origin + name) return ++requests, route.continue();
    trouble.push('request: ' + url);
    return route.abort();
  });
  await page.goto(origin + name, {waitUntil: 'load'});
  return {page, context, trouble, async done() {
    assert.equal(await page.evaluate(() => window.hacked), undefined);
    assert.deepEqual(trouble, []);
    await context.close();
  }};
}

async function axe(page, context = undefined) {
  // axe is put in past the page's policy, as a tool of the browser.
  await page.evaluate(axeSource + '; void 0');  // twice does no harm
  const result = await page.evaluate((context) => axe.run(context ?? document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations']}), context);
  return result.violations.map((v) => `${v.id}: ${v.help}: ` + v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(' | '));
}

async function shot(page, name, options = {}) {
  if (!shots) return;
  mkdirSync(shots, {recursive: true});
  await page.screenshot({path: join(shots, name + '.png'), ...options});
}

// Pages of the corpora are long, and their blocks all alike: axe looks at the first sixty.
const first = {exclude: [['.b:nth-child(n+61)'], ['.story > :nth-child(n+61)']]};

// Every control of a page, each left as it was found.
async function clickEverything(page, name) {
  const click = async (locator) => {
    for (const one of await locator.all()) if (await one.isVisible()) await one.click();
  };
  if (name.includes('.inspect.')) {
    await click(page.locator('#filters:not([open]) > summary'));
    // Of a page of thousands of blocks some of them: the others do the same.
    const boxes = await page.locator('#legend input').all();
    for (const box of await page.locator('.b').count() > 600 ? boxes.slice(-5) : boxes) {
      const was = await box.isChecked();
      await box.click();
      assert.equal(await box.isChecked(), !was);
      await box.click();
    }
    await click(page.locator('#none'));
    await click(page.locator('#all'));
    await click(page.locator('.keys summary'));
    for (const row of [page.locator('.b:visible').first(), page.locator('.b:visible').last()]) {
      if (await row.count() === 0) continue;
      await row.click();
      assert.ok(await page.locator('#detail').isVisible());
      assert.match(await page.locator('#d-sure').textContent(), /^\d+ % sure$/);
      await page.locator('#close').click();
      assert.ok(await page.locator('#detail').isHidden());
    }
    return;
  }
  await click(page.locator('#card summary'));
  for (const radio of await page.locator('#card input').all()) {
    if (!await radio.isVisible()) continue;
    await radio.check();
    assert.ok(await radio.isChecked());
  }
  if (await page.locator('#remind').count() === 0) return;
  for (const time of ['1', '7', '30', '90']) {
    await page.locator('#when').selectOption(time);
    await page.locator('#remind').click();
    assert.ok(await page.locator('#card').isHidden());
    await page.locator('#again').click();
    assert.ok(await page.locator('#card').isVisible());
  }
}

for (const name of files) {
  test(`${name} is accessible, silent, fits small screens, and its controls work`, async () => {
    const large = /^(large|hostile)/.test(name), real = name.startsWith('real-');
    const {page, done} = await open(name, {colorScheme: 'light', hasTouch: true});
    if (name.includes('.inspect.') && await page.locator('.b:visible').count() > 0) await page.keyboard.press('j');
    const details = page.locator('#card summary');
    if (await details.count() > 0) await details.click();
    if (!name.startsWith('large')) assert.deepEqual(await axe(page, real || large ? first : undefined), []);
    await shot(page, `${name}.light`, {fullPage: name.includes('.read.') && !large && !real});
    await page.emulateMedia({colorScheme: 'dark'});
    if (!real && !large) assert.deepEqual(await axe(page), []);
    await shot(page, `${name}.dark`);
    await page.setViewportSize({width: 360, height: 740});
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(wide <= 0, `${wide} px too wide`);
    await shot(page, `${name}.small`);
    await page.setViewportSize({width: 1280, height: 900});
    await page.reload();
    await clickEverything(page, name);
    await done();
  });
}

describe('inspect', () => {
  test('every filter, key and the pointer', async () => {
    const {page, done} = await open('story.inspect.html');
    const all = await page.locator('.b').count();
    const visible = () => page.locator('.b:visible').count();
    const hidden = await page.locator('.b.hid').count();
    assert.equal(await visible(), all - hidden);

    for (const box of await page.locator('#legend input[name=role]').all()) {
      const role = await box.getAttribute('value');
      await box.click();
      assert.equal(await page.locator(`.b.r-${role}:visible`).count(), 0, role);
      await box.click();
    }
    assert.equal(await visible(), all - hidden);
    await page.locator('#none').click();
    assert.equal(await visible(), 0);
    assert.ok(await page.locator('#empty').isVisible());
    await page.locator('#all').click();
    await page.locator('#only').click();
    assert.equal(await visible(), await page.locator('.b.content').count());
    await page.locator('#only').click();
    await page.locator('#hidden').click();
    assert.equal(await visible(), all);
    assert.match(await page.locator('#shown').textContent(), new RegExp(`^${all} of ${all} blocks`));
    await page.locator('#hidden').click();

    // The pointer shows, a click keeps, Escape lets go.
    const detail = page.locator('#detail');
    await page.locator('.b.r-byline').hover();
    assert.equal(await page.locator('#d-role').textContent(), 'byline');
    assert.match(await page.locator('#d-source').textContent(), /^<div class="byline">By Ida/);
    assert.match(await page.locator('#d-sure').textContent(), /^96 %/);
    assert.equal(await page.locator('#d-reason li').count(), 2);
    await page.locator('.b.r-headline').click();
    await page.locator('.b.r-date').hover();
    assert.equal(await page.locator('#d-role').textContent(), 'headline');
    await page.keyboard.press('Escape');
    assert.ok(await detail.isHidden());
    await page.locator('.b.r-date').click();
    await page.locator('#close').click();
    assert.ok(await detail.isHidden());

    // The keyboard alone, from the top of the page.
    await page.reload();
    await page.keyboard.press('j');
    assert.equal(await page.locator('[aria-selected=true]').getAttribute('id'), 'b0');
    await page.keyboard.press('ArrowDown');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'b1');
    await page.keyboard.press('k');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'b0');
    await page.keyboard.press('n');
    assert.equal(await page.locator('#d-role').textContent(), 'consent');
    await page.keyboard.press('p');
    await page.keyboard.press('End');
    assert.equal(await page.locator('#d-role').textContent(), 'footer');
    await page.keyboard.press('Home');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'b0');
    await page.keyboard.press('Enter');
    await page.keyboard.press('1');
    assert.equal(await page.locator('.b.r-headline:visible').count(), 0);
    await page.keyboard.press('0');
    assert.equal(await page.locator('.b.r-headline:visible').count(), 1);
    await page.keyboard.press('c');
    assert.equal(await visible(), await page.locator('.b.content').count());
    assert.ok(await detail.isHidden(), 'a block that is filtered away lets its details go');
    await page.keyboard.press('j');
    assert.ok(await page.evaluate(() => document.activeElement.classList.contains('content')));
    await page.keyboard.press('c');
    await page.keyboard.press('h');
    assert.equal(await visible(), all);
    await page.locator('.keys summary').click();
    assert.ok(await page.locator('.keys dl').isVisible());
    await page.keyboard.press('Tab');
    assert.ok(await page.evaluate(() => document.activeElement.classList.contains('b')), 'Tab leads from the legend to one block');
    await done();
  });

  test('three thousand blocks without a hitch', async () => {
    const {page, done} = await open('large.inspect.html');
    const took = await page.evaluate(async () => {
      const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      const times = {filter: [], key: []};
      for (let i = 0; i < 8; ++i) {
        let start = performance.now();
        document.querySelectorAll('#legend input[name=role]')[i].click();
        await frame();
        times.filter.push(performance.now() - start);
        start = performance.now();
        document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'j', bubbles: true}));
        await frame();
        times.key.push(performance.now() - start);
      }
      const median = (list) => list.sort((a, b) => a - b)[list.length >> 1];
      return {filter: median(times.filter), key: median(times.key)};
    });
    // A busy machine slows down a plain loop as well.
    const slow = Math.max(1, await page.evaluate(() => {
      const start = performance.now();
      for (let i = 0, x = 1; i < 3e7; ++i) x = (x * 31 + i) | 0;
      return (performance.now() - start) / 60;
    }));
    console.log(`# median: filter ${took.filter.toFixed(0)} ms, key ${took.key.toFixed(0)} ms; slowed down ${slow.toFixed(1)} times`);
    assert.ok(took.filter < 200 * slow && took.key < 200 * slow, JSON.stringify(took));
    await done();
  });
});

describe('read', () => {
  const day = 24 * 60 * 60 * 1000;

  test('the choices of the card', async () => {
    const {page, done} = await open('story.read.html');
    const amounts = page.locator('#amounts label:visible');
    assert.equal(await amounts.count(), 0, 'amounts wait for how often');
    const link = page.locator('.give');
    assert.equal(await link.textContent(), 'Continue at example.org');
    await page.getByRole('radio', {name: 'Monthly'}).check();
    assert.equal(await amounts.count(), 2);
    await page.getByRole('radio', {name: '€10'}).check();
    assert.equal(await link.textContent(), 'Continue with €10 monthly at example.org');
    await page.getByRole('radio', {name: 'Once'}).check();
    assert.equal(await link.textContent(), 'Continue once at example.org');
    await page.getByRole('radio', {name: '€25'}).check();
    assert.equal(await link.textContent(), 'Continue with €25 once at example.org');
    await page.keyboard.press('ArrowRight');
    assert.match(await link.textContent(), /€50/);
    const words = page.locator('.words');
    assert.ok(await words.isHidden());
    await page.locator('.support summary').click();
    assert.ok(await words.isVisible());
    assert.equal(await page.locator('form').count(), 0);
    for (const a of await page.locator('a').all()) {
      assert.match(await a.getAttribute('href'), /^https?:/);
      assert.equal(await a.getAttribute('rel'), 'noopener noreferrer');
    }
    await done();
  });

  test('Remind me later hides the card and brings it back', async () => {
    const {page, done} = await open('story.read.html');
    const card = page.locator('#card'), note = page.locator('#put-off');
    await page.locator('#when').selectOption('30');
    await page.locator('#remind').click();
    assert.ok(await card.isHidden());
    assert.match(await note.textContent(), /put off until/);
    const until = await page.evaluate(() => Number(localStorage.getItem('offprint:later:example.org')));
    assert.ok(Math.abs(until - Date.now() - 30 * day) < 60_000);
    await shot(page, 'story.read.put-off', {fullPage: true});
    await page.reload();
    assert.ok(await card.isHidden(), 'still put off after a reload');
    // The time has come.
    await page.evaluate((then) => localStorage.setItem('offprint:later:example.org', String(then)), Date.now() - 1000);
    await page.reload();
    assert.ok(await card.isVisible());
    assert.ok(await note.isHidden());
    // By keyboard, and back at once.
    await page.locator('#remind').focus();
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'again');
    assert.deepEqual(await axe(page), []);
    await page.keyboard.press('Enter');
    assert.ok(await card.isVisible());
    assert.equal(await page.evaluate(() => localStorage.length), 0);
    await done();
  });

  test('Remind me later where storage is closed', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.addInitScript(() => Object.defineProperty(window, 'localStorage', {get() { throw new Error('closed'); }}));
    await page.goto(origin + 'story.read.html');
    await page.locator('#remind').click();
    assert.ok(await page.locator('#card').isHidden());
    await page.locator('#again').click();
    assert.ok(await page.locator('#card').isVisible());
    await context.close();
  });

  test('reads without its script', async () => {
    const {page, done} = await open('story.read.html', {javaScriptEnabled: false});
    assert.ok(await page.locator('.give').isVisible());
    assert.ok(await page.locator('#later').isHidden(), 'what needs the script is not offered');
    assert.equal(await page.locator('article time').first().textContent(), '14 March 2024');
    await page.context().close();
    void done;
  });

  test('prints the story alone', async () => {
    const {page, done} = await open('story.read.html', {colorScheme: 'dark'});
    await page.emulateMedia({media: 'print', colorScheme: 'light'});
    assert.ok(await page.locator('#support').isHidden());
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(255, 255, 255)');
    await shot(page, 'story.read.print', {fullPage: true});
    await done();
  });

  test('right to left, and dates in the language of the story', async () => {
    const {page, done} = await open('arabic.read.html');
    assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector('.story p')).direction), 'rtl');
    assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector('#card')).direction), 'ltr');
    assert.match(await page.locator('article time').first().textContent(), /مارس/);
    await done();
    const japanese = await open('japanese.read.html');
    assert.equal(await japanese.page.locator('article time').first().textContent(), '2024年3月14日');
    assert.equal(await japanese.page.evaluate(() => getComputedStyle(document.querySelector('.story em')).fontStyle), 'normal');
    await japanese.done();
  });

  test('the measure stays near 65 characters', async () => {
    const {page, done} = await open('story.read.html');
    const width = await page.evaluate(() => {
      const p = document.querySelector('.story p');
      const probe = document.createElement('span');
      probe.textContent = 'the quick brown fox jumps over the lazy dog and runs '.repeat(4);
      probe.className = 'probe';
      p.append(probe);
      const length = probe.getClientRects();
      const chars = probe.textContent.length / [...length].reduce((sum, r) => sum + r.width, 0) * p.clientWidth;
      probe.remove();
      return chars;
    });
    console.log(`# measure: ${width.toFixed(0)} characters`);
    assert.ok(width > 55 && width < 78, String(width));
    await done();
  });
});
