// Every view of the front end, in light and dark, on a desktop and on a phone: axe finds nothing serious,
// nothing moves while it loads, nothing is wider than the window. `node views.mjs SERVER [FOLDER]` also
// writes pictures of some of them into the folder.
import assert from 'node:assert/strict';
import axe from 'axe-core';
import { address, ask, open, withBrowser } from './chromium.mjs';

const [server, folder] = process.argv.slice(2);
/** How late an answer comes: late enough that the page is painted before it. */
const LATE = 150;
/** What may move, as Chromium's cumulative layout shift; what people do not notice is below 0.1. */
const SHIFT = 0.01;

const found = await ask(server, `{
  speaker(name: "Anselm Okoro-Lindqvist") { id }
  organisation(name: "United Nations") { id }
  article(documentId: "sample-001") { id }
  arabic: article(documentId: "sample-009") { id }
}`);
const altered = { verify: 'About 90,000 children will need clean water within a week', by: 'Bastien Oduya-Wren' };
const paragraph = 'The spokesman warned: “We don’t have the luxury of waiting until the harbour is empty.” ' +
  'A doctor said “about 90,000 children will need clean water within a week”, and somebody ' +
  '“that the parrots are all lost at sea”.';
const VIEWS = {
  home: '/',
  altered: address(altered),
  disputed: address({ verify: 'Nobody will be left on the quay' }),
  missing: address({ verify: 'The lighthouse keeper sold eleven parrots to the harbour master' }),
  paragraph: address({ verify: paragraph }),
  search: address({ search: 'harbour', 'where.speaker-kind': 'PERSON' }),
  speaker: address({ speaker: found.speaker.id }),
  organisation: address({ organisation: found.organisation.id }),
  article: address({ article: found.article.id }),
  arabic: address({ article: found.arabic.id }),
  nothing: address({ speaker: 'c8bb60b3-e226-83b8-838a-cfcaf8a60022' }),
  refused: address({ speaker: 'nobody' }),
};
const desktop = { viewport: { width: 1060, height: 940 } };
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
const WAYS = [
  { name: 'light, desktop', options: { ...desktop, colorScheme: 'light' } },
  { name: 'dark, phone', options: { ...phone, colorScheme: 'dark' } },
];
/** Which views are kept as pictures, in which way, and how much of their height. */
const PICTURES = {
  'light, desktop': { altered: 940, paragraph: 800, search: 740, speaker: 940, article: 740 },
  'dark, phone': { disputed: 844 },
};
/** The most that a picture may take in the repository, in bytes. */
const PICTURE = 150_000;

/** Counts what moves without anybody having done anything. */
function watch() {
  globalThis.shifts = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (entry.hadRecentInput) continue;
      const moved = entry.sources.map(({ node }) => (node?.outerHTML ?? node?.textContent)?.slice(0, 120));
      globalThis.shifts.push({ value: entry.value, moved });
    }
  }).observe({ type: 'layout-shift', buffered: true });
}

/** What axe finds serious or critical, in a few words. */
async function seriousIn(page) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ['violations'] }));
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`);
}

async function look(page, name, way, check) {
  await page.goto(server + VIEWS[name]);
  await page.locator('.arrives, .notice').first().waitFor();
  await page.waitForLoadState('networkidle');
  const shifts = await page.evaluate(() => globalThis.shifts);
  const sum = shifts.reduce((total, { value }) => total + value, 0);
  assert.ok(sum <= SHIFT, `${name}, ${way} moves by ${sum}: ${JSON.stringify(shifts)}`);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(over <= 0, `${name}, ${way} is ${over} px too wide`);
  assert.deepEqual(await seriousIn(page), [], `${name}, ${way}`);
  check();
  if (folder && name in PICTURES[way]) await keep(page, name, PICTURES[way][name]);
}

async function keep(page, name, height) {
  const { width } = page.viewportSize();
  const picture = await page.screenshot({ path: `${folder}/${name}.png`, clip: { x: 0, y: 0, width, height } });
  assert.ok(picture.length <= PICTURE, `${name}.png takes ${picture.length} bytes`);
}

await withBrowser(async (browser) => {
  for (const { name: way, options } of WAYS) {
    const { page, check, close } = await open(browser, server, options);
    await page.addInitScript(watch);
    await page.route('**/graphql', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, LATE));
      await route.continue();
    });
    for (const name of Object.keys(VIEWS)) await look(page, name, way, check);
    await close();
    console.log(`${Object.keys(VIEWS).length} views, ${way}: nothing serious, nothing moves`);
  }
});
