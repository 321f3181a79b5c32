// Articles that print scripts: none of them runs and none becomes an element, on any page.
// `node hostile.mjs SERVER STRINGS.json`. The strings call `ran()`, or would load what is called so.
//
// The policy of the pages would stop most of them; here it is switched off, so that the pages themselves
// have to.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { address, ask, open, withBrowser } from './chromium.mjs';

const [server, file] = process.argv.slice(2);
const strings = JSON.parse(readFileSync(file, 'utf8'));

const found = await ask(server, `{
  quotes(first: 100) { nodes { id text speaker { id } organisation { id } article { id } statement { id } } }
}`);
const rows = found.quotes.nodes;
assert.equal(rows.length, strings.length, 'every string was imported');

/** The ids of what the quotes name; there must be some. */
function ids(name) {
  const found = [...new Set(rows.flatMap((row) => (row[name] ? [row[name].id] : [])))];
  assert.ok(found.length > 0, `no ${name} is hostile`);
  return found;
}

/** Pages of the front end, which are gone to within it. */
const VIEWS = [
  '/',
  address({ search: '' }),
  address({ search: '', order: 'OLDEST' }),
  ...strings.map((text) => address({ verify: text, by: text })),
  ...strings.slice(0, 8).flatMap((text) => [address({ search: text, 'where.year': text }), address({ speaker: text })]),
  ...ids('speaker').map((id) => address({ speaker: id })),
  ...ids('organisation').map((id) => address({ organisation: id })),
  ...ids('article').map((id) => address({ article: id })),
];

/** Addresses that have a string where an id belongs. */
const NOTHING = strings.slice(0, 8).map((text) => `/quotes/${encodeURIComponent(text)}`);

/** Pages that the server writes. */
const PAGES = [
  ...rows.map(({ id }) => `/quotes/${id}`),
  ...ids('statement').map((id) => `/statements/${id}`),
  ...ids('speaker').map((id) => `/speakers/${id}`),
  ...ids('organisation').map((id) => `/organisations/${id}`),
  ...NOTHING,
];

/** What printed text has become that it must not: elements, handlers, addresses that run. */
function markup() {
  const wrong = document.querySelectorAll(
    'body script:not([src]):not([type="application/ld+json"]), iframe, object, embed, body base, ' +
      'body style, marquee, audio, video, math, img:not([src^="data:"]), [srcdoc], [href^="javascript:" i]',
  );
  const handlers = [...document.querySelectorAll('*')].filter((element) =>
    element.getAttributeNames().some((name) => /^on/i.test(name)));
  return [...wrong, ...handlers].map((element) => element.outerHTML.slice(0, 200));
}

async function clean(page, where) {
  assert.equal(await page.evaluate(() => globalThis.hasRun ?? false), false, `a script ran on ${where}`);
  assert.deepEqual(await page.evaluate(markup), [], `printed text became markup on ${where}`);
}

/** Calls of `ran`, by whatever way, are noticed. */
function listen() {
  globalThis.ran = () => {
    globalThis.hasRun = true;
  };
}

async function frontEnd(browser) {
  const { page, check } = await open(browser, server, { bypassCSP: true });
  await page.addInitScript(listen);
  await page.goto(server);
  for (const view of VIEWS) {
    // As the back button does; a load of each would take a minute.
    await page.evaluate((to) => {
      history.pushState(null, '', to);
      dispatchEvent(new PopStateEvent('popstate'));
    }, view);
    await page.waitForFunction(() =>
      document.querySelector('.waiting, [aria-busy="true"]') === null &&
      document.querySelector('.arrives, .notice') !== null);
    await clean(page, view);
  }
  check();
  console.log(`${VIEWS.length} views of the front end`);
}

async function cited(browser) {
  const { page, check } = await open(browser, server, { bypassCSP: true }, [...NOTHING, '/favicon.ico']);
  await page.addInitScript(listen);
  for (const path of PAGES) {
    await page.goto(server + path);
    await clean(page, path);
  }
  check();
  console.log(`${PAGES.length} pages to cite`);
}

async function playground(browser) {
  const { page, check } = await open(browser, server, { bypassCSP: true });
  await page.addInitScript(listen);
  const query = `{ quotes(first: 100) { nodes { text contextBefore contextAfter cue via printed { speaker role organisation
    attribution } speaker { name aliases } organisation { name } article { title authors } } } }`;
  await page.goto(`${server}/graphiql/?query=${encodeURIComponent(query)}`);
  await page.getByRole('button', { name: /execute query/i }).click();
  await page.locator('.result-window', { hasText: '"data"' }).waitFor();
  // The answer is longer than what is seen of it.
  await page.locator('.result-window .monaco-editor').first().click();
  for (let step = 0; step < 12; step += 1) await page.keyboard.press('PageDown');
  assert.equal(await page.evaluate(() => globalThis.hasRun ?? false), false, 'a script ran in the playground');
  for (const text of strings.slice(0, 4)) {
    await page.goto(`${server}/graphiql/?query=${encodeURIComponent(text)}&variables=${encodeURIComponent(text)}`);
    await page.locator('.graphiql-editor .monaco-editor').first().waitFor();
    assert.equal(await page.evaluate(() => globalThis.hasRun ?? false), false, `a script ran for ${text}`);
  }
  check();
  console.log('the playground');
}

await withBrowser(async (browser) => {
  await frontEnd(browser);
  await cited(browser);
  await playground(browser);
});
