// Answers that are late, fail, come again, or are the same as before: no verdict ever stands under another
// text, what failed can be asked again, and a screen reader hears each. `node answers.mjs SERVER`.
import assert from 'node:assert/strict';
import { address, becomes, open, verify, withBrowser } from './chromium.mjs';

const [server] = process.argv.slice(2);
const WORDS = 'Nobody will be left on the quay';
const PARROTS = 'The lighthouse keeper sold eleven parrots to the harbour master';
const CORRIDOR = 'We don’t have the luxury of waiting until the harbour is empty';
const GRAPHQL = '**/graphql';

const verdict = (page, word) => page.locator('#verdict', { hasText: word }).waitFor();

/** Holds every answer back until what this gives is called. */
async function hold(page) {
  let release;
  const held = new Promise((resolve) => {
    release = resolve;
  });
  await page.route(GRAPHQL, async (route) => {
    await held;
    // The page may have left the question.
    await route.continue().catch(() => {});
  });
  return async () => {
    release();
    await page.unrouteAll({ behavior: 'wait' });
  };
}

async function late(page) {
  await page.goto(server);
  await verify(page, WORDS);
  await verdict(page, 'Verbatim');
  let release = await hold(page);
  await verify(page, PARROTS);
  await page.getByText('Looking it up …').waitFor();
  assert.equal(await page.locator('.verdict, .evidence, .certificate').count(), 0, 'the verdict of another text');
  await release();
  await verdict(page, 'Not found');

  // Of a paragraph: as many quotations as before, and none of them painted before it was looked at.
  await verify(page, `“${WORDS}” “${CORRIDOR}”`);
  await page.locator('.painted mark').first().waitFor();
  release = await hold(page);
  await verify(page, '“The earth is flat and always was” “I never paid anybody a cent of tax”');
  await page.getByText('Looking it up …').waitFor();
  assert.equal(await page.locator('.painted, .tag').count(), 0, 'the verdicts of another paragraph');
  await release();
  await page.getByRole('heading', { name: '0 of 2 quotations on record as given' }).waitFor();

  // Of a search: the list before may stay, but is not said to be the answer.
  await page.goto(server + address({ search: 'harbour' }));
  await page.getByRole('heading', { name: '7 quotes found' }).waitFor();
  release = await hold(page);
  await page.getByLabel(/^Words/).fill('quay');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Looking it up …' }).waitFor();
  await release();
  await page.getByRole('heading', { name: /quotes? found/ }).waitFor();
}

/** A server that is away, and comes back. */
async function back(page) {
  const away = () => page.route(GRAPHQL, (route) => route.abort());
  for (const again of ['Verify', 'Try again']) {
    const words = `${again}: ${PARROTS}`;
    await page.goto(server);
    await page.getByRole('heading', { name: 'Latest on record' }).waitFor();
    await away();
    await verify(page, words);
    await page.getByRole('alert').getByText('No answer.').waitFor();
    const steps = await page.evaluate(() => history.length);
    await page.unroute(GRAPHQL);
    await page.getByRole('button', { name: again }).click();
    await verdict(page, 'Not found');
    await becomes(() => page.getByRole('alert').count(), 0);
    assert.equal(await page.evaluate(() => history.length), steps, 'asking again is no step');
  }
  const busy = (route) => route.fulfill({ status: 503, headers: { 'Retry-After': '2' }, body: '' });
  await page.goto(server + address({ search: '' }));
  await page.getByRole('heading', { name: /quotes found/ }).waitFor();
  await page.route(GRAPHQL, busy);
  await page.getByLabel(/^Words/).fill('harbour');
  await page.keyboard.press('Enter');
  await page.getByText('Try again in 2 s.').waitFor();
  await page.unroute(GRAPHQL);
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('heading', { name: '7 quotes found' }).waitFor();
}

/** A server that never answers. */
async function never(browser) {
  const { page, check } = await open(browser, server);
  await page.clock.install();
  await page.goto(server);
  await page.getByRole('heading', { name: 'Latest on record' }).waitFor();
  await page.route(GRAPHQL, () => {});
  await verify(page, PARROTS);
  await page.getByText('Looking it up …').waitFor();
  await page.clock.runFor(31_000);
  await page.getByRole('alert').getByText('not answered for 30 s').waitFor();
  check();
}

/** Where a part of a page is not answered, that part says so. */
async function parts(page) {
  const failing = (part) => page.route(GRAPHQL, (route) =>
    route.request().postData()?.includes(part) ? route.fulfill({ status: 503, body: '' }) : route.continue());
  await page.goto(server + address({ search: 'harbour' }));
  await failing('"by":"MONTH"');
  await page.locator('.by a').first().click();
  await page.getByRole('heading', { name: 'Statements over time' }).waitFor();
  await page.getByRole('alert').getByText('No answer.').waitFor();
  await page.unroute(GRAPHQL);
  await failing('query Name');
  await page.goto(server + address({ search: '', 'where.speaker': 'c8bb60b3-e226-83b8-838a-cfcaf8a60022' }));
  await page.getByText('its name was not answered').waitFor();
  await page.unroute(GRAPHQL);
}

/** What the live region tells, again where it is the same again. */
async function heard(page) {
  await page.goto(server);
  const told = async () => {
    const status = page.getByRole('status');
    const before = await status.textContent();
    return () => page.waitForFunction((before) =>
      document.querySelector('[role=status]').textContent !== before, before);
  };
  for (const words of [PARROTS, `${PARROTS} twice`, `${PARROTS} three times`]) {
    const changed = await told();
    await verify(page, words);
    await changed();
    assert.match(await page.getByRole('status').textContent(), /^Verdict: Not found\./);
  }
  // Also where the answer is remembered.
  const changed = await told();
  await page.goBack();
  await changed();
}

/** The window is called by what it shows, also where there is nothing to show. */
async function called(page) {
  const go = (to) => page.evaluate((to) => {
    history.pushState(null, '', to);
    dispatchEvent(new PopStateEvent('popstate'));
  }, to);
  await page.goto(server + address({ search: 'harbour' }));
  await page.getByRole('heading', { name: '7 quotes found' }).waitFor();
  await becomes(() => page.title(), 'Search for harbour · dixit');
  await go(address({ speaker: 'c8bb60b3-e226-83b8-838a-cfcaf8a60022' }));
  await page.getByRole('heading', { name: 'There is no such speaker on record' }).waitFor();
  await becomes(() => page.title(), 'No such speaker · dixit');
  await page.getByRole('status').filter({ hasText: 'There is no such speaker on record' }).waitFor({ state: 'attached' });
  await go(address({ organisation: 'nobody' }));
  await page.getByRole('alert').getByText('No answer.').waitFor();
  await becomes(() => page.title(), 'No answer · dixit');
}

await withBrowser(async (browser) => {
  // Refusals and what is given up are in the console too.
  const { page } = await open(browser, server, {}, ['/graphql']);
  await late(page);
  console.log('late answers');
  await back(page);
  console.log('asked again');
  await parts(page);
  console.log('parts of a page');
  await heard(page);
  console.log('each verdict is told');
  await called(page);
  await never(browser);
  console.log('no answer at all');
});
