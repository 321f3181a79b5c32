// A real Chromium for the tests of the pages, and what every page that it opens must hold: no request
// to another host, no error in the console.
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import axe from 'axe-core';
import { chromium } from 'playwright-core';

// Debian's; `tools/chromium.sh` installs it. Another one is named by the environment.
const PROGRAM = process.env.CHROMIUM ?? '/usr/bin/chromium';
/** How long a page may take for anything, on a machine that is busy with other tests. */
const WAIT = 90_000;

/** Runs a test with a browser; what it throws ends the process with 1. */
export async function withBrowser(test) {
  // Chromium's sandbox refuses root, as whom containers run.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath: PROGRAM, args });
  try {
    await test(browser);
  } finally {
    await browser.close();
  }
}

/**
 * A page that remembers what it must not do. `options` are those of a browser's context; `mayFail` are
 * paths that may answer with an error.
 */
export async function open(browser, server, options = {}, mayFail = []) {
  const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(WAIT);
  const page = await context.newPage();
  const wrong = [];
  page.on('request', (request) => {
    const { host, protocol } = new URL(request.url());
    const inside = protocol === 'data:' || protocol === 'blob:' || host === new URL(server).host;
    if (!inside) wrong.push(`a request to ${request.url()}`);
  });
  page.on('console', (message) => {
    const failed = mayFail.some((path) => message.location().url?.includes(path));
    if (message.type() === 'error' && !failed) wrong.push(`${message.text()} at ${message.location().url}`);
  });
  page.on('pageerror', (error) => wrong.push(String(error)));
  page.on('dialog', (dialog) => {
    wrong.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  const check = () => assert.deepEqual(wrong, [], `on ${page.url()}`);
  return { page, check, close: () => context.close() };
}

/** The data that the API answers. */
export async function ask(server, query, variables = {}) {
  const response = await fetch(`${server}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  assert.equal(errors, undefined, JSON.stringify(errors));
  return data;
}

/** An address of the front end. */
export function address(state) {
  return `/?${new URLSearchParams(state)}`;
}

/** Asks the front end for the verdict of some words, as a person does. */
export async function verify(page, words, by = '') {
  await page.getByLabel(/a quotation, or a paragraph/i).fill(words);
  await page.getByLabel(/attributed to/i).fill(by);
  await page.getByRole('button', { name: 'Verify' }).click();
}

/** How long what a page has shown may wait for what follows it, such as the focus, in milliseconds. */
const SOON = 20_000;

/**
 * What follows a paint (title, focus, what a field holds) is there soon after what was waited for, not at
 * once: `read` is asked until it gives what is wanted.
 */
export async function becomes(read, wanted, why) {
  for (const end = Date.now() + SOON; Date.now() < end; await delay(50)) {
    if (isDeepStrictEqual(await read(), wanted)) return;
  }
  assert.deepEqual(await read(), wanted, why);
}

/** The most that a picture may take in the repository, in bytes. */
const PICTURE = 150_000;

/** Keeps a picture of a page, from its top down to a height. */
export async function keep(page, folder, name, height) {
  const { width } = page.viewportSize();
  const picture = await page.screenshot({ path: `${folder}/${name}.png`, clip: { x: 0, y: 0, width, height } });
  assert.ok(picture.length <= PICTURE, `${name}.png takes ${picture.length} bytes`);
}

/** What axe finds serious or critical, in a few words. */
export async function seriousIn(page) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ['violations'] }));
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 120)}`));
}
