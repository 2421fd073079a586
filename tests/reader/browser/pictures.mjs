// Makes the pictures of docs/reader.md: node pictures.mjs INSPECT.html READ.html FOLDER
// Then `pngquant --force --ext .png FOLDER/*.png` where it is at hand: each has to stay under 200 KB.
import {pathToFileURL} from 'node:url';
import {join} from 'node:path';
import {chromium} from 'playwright-core';

const [inspect, read, folder] = process.argv.slice(2);
const browser = await chromium.launch({executablePath: process.env.OFFPRINT_CHROMIUM ?? '/usr/bin/chromium', args: ['--headless', '--no-sandbox']});
async function open(file, options) {
  const page = await (await browser.newContext(options)).newPage();
  await page.goto(pathToFileURL(file).href);
  return page;
}

let page = await open(inspect, {viewport: {width: 1200, height: 720}});
await page.locator('.b.r-appeal').nth(1).click();
await page.screenshot({path: join(folder, 'inspect.png')});
for (const [colorScheme, name] of [['light', 'read'], ['dark', 'read-dark']]) {
  page = await open(read, {viewport: {width: name === 'read' ? 900 : 560, height: 760}, colorScheme});
  await page.screenshot({path: join(folder, name + '.png')});
  if (colorScheme === 'dark') continue;
  page = await open(read, {viewport: {width: 560, height: 760}});
  await page.getByRole('radio', {name: 'Monthly'}).check();
  await page.locator('#support').screenshot({path: join(folder, 'card.png')});
}
await browser.close();
