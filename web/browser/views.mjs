// Every view of the front end and every kind of page to cite, in light and dark, on a desktop and on a
// phone: axe finds nothing serious, nothing moves while it loads, nothing is wider than the window.
// `node views.mjs SERVER [FOLDER]` also writes the pictures that the documents show into the folder.
import assert from 'node:assert/strict';
import { address, ask, keep, open, seriousIn, withBrowser } from './chromium.mjs';

const [server, folder] = process.argv.slice(2);
/** How late an answer comes: late enough that the page is painted before it. */
const LATE = 150;
/** What may move, as Chromium's cumulative layout shift; what people do not notice is below 0.1. */
const SHIFT = 0.01;

const found = await ask(server, `{
  speaker(name: "Anselm Okoro-Lindqvist") { id }
  organisation(name: "United Nations") { id }
  article(documentId: "sample-001") { id }
  arabic: article(documentId: "sample-009") { id quotes(first: 1) { nodes { id } } }
  quay: quotes(search: "\\"left on the quay\\"", first: 1) { nodes { id statement { id } } }
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
/** Pages that the server writes: of a disputed quote, of one in Arabic, and of each kind of thing. */
const PAGES = {
  quote: `/quotes/${found.quay.nodes[0].id}`,
  'arabic quote': `/quotes/${found.arabic.quotes.nodes[0].id}`,
  statement: `/statements/${found.quay.nodes[0].statement.id}`,
  'page of a speaker': `/speakers/${found.speaker.id}`,
  'page of an organisation': `/organisations/${found.organisation.id}`,
};
const desktop = { viewport: { width: 1060, height: 940 } };
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
const WAYS = [
  { name: 'light, desktop', options: { ...desktop, colorScheme: 'light' } },
  { name: 'dark, phone', options: { ...phone, colorScheme: 'dark' } },
  { name: 'dark, desktop', options: { ...desktop, colorScheme: 'dark' } },
  { name: 'light, phone', options: { ...phone, colorScheme: 'light' } },
];
/** Which views the documents show, in which way, and how much of their height. */
const PICTURES = {
  'light, desktop': { altered: 940, search: 740, speaker: 940 },
};

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

async function look(page, name, path, way, check) {
  await page.goto(server + path);
  // The front end has its heading before its answer.
  await page.locator(name in PAGES ? 'main h1' : '.arrives, .notice').first().waitFor();
  await page.waitForLoadState('networkidle');
  const shifts = await page.evaluate(() => globalThis.shifts);
  const sum = shifts.reduce((total, { value }) => total + value, 0);
  assert.ok(sum <= SHIFT, `${name}, ${way} moves by ${sum}: ${JSON.stringify(shifts)}`);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(over <= 0, `${name}, ${way} is ${over} px too wide`);
  assert.deepEqual(await seriousIn(page), [], `${name}, ${way}`);
  check();
  const height = PICTURES[way]?.[name];
  if (folder && height) await keep(page, folder, name, height);
}

/** On a phone the facets are folded, above the list. */
async function folded(page) {
  await page.goto(server + VIEWS.search);
  const facets = page.getByRole('complementary', { name: 'Narrow the list' });
  const { y } = await facets.boundingBox();
  const results = await page.getByRole('heading', { name: /quotes found/ }).boundingBox();
  assert.ok(y < results.y, 'the facets are above the list');
  assert.equal(await facets.getByRole('link').first().isVisible(), false);
  await facets.getByText('Narrow the list').click();
  await facets.getByRole('link').first().waitFor();
  assert.deepEqual(await seriousIn(page), [], 'open facets');
}

await withBrowser(async (browser) => {
  for (const { name: way, options } of WAYS) {
    // Pages to cite name no icon.
    const { page, check, close } = await open(browser, server, options, ['/favicon.ico']);
    await page.addInitScript(watch);
    await page.route('**/graphql', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, LATE));
      await route.continue();
    });
    const all = Object.entries({ ...VIEWS, ...PAGES });
    for (const [name, path] of all) await look(page, name, path, way, check);
    if (options.isMobile) await folded(page);
    await close();
    console.log(`${all.length} pages, ${way}: nothing serious, nothing moves`);
  }
});
