// The front end as a fact-checker uses it, on the sample: `node frontend.mjs SERVER`.
import assert from 'node:assert/strict';
import { address, ask, becomes, open, verify, withBrowser } from './chromium.mjs';

const [server] = process.argv.slice(2);
const WORDS = 'Nobody will be left on the quay';

const verdict = (page, word) => page.locator('#verdict', { hasText: word }).waitFor();
const told = (page, words) => page.getByRole('status').filter({ hasText: words }).waitFor({ state: 'attached' });

await withBrowser(async (browser) => {
  const { page, check } = await open(browser, server);
  const asked = (name) => new URL(page.url()).searchParams.get(name);
  await page.goto(server);
  await page.getByRole('heading', { name: 'Did they really say that?' }).waitFor();

  // Word for word; the same words are another speaker's too.
  await verify(page, WORDS);
  await verdict(page, 'Verbatim');
  await told(page, /Verdict: Verbatim/);
  await becomes(() => asked('verify'), WORDS);
  await page.locator('.verdict', { hasText: 'on record by different speakers' }).waitFor();
  await page.getByRole('heading', { name: 'Also attributed to somebody else' }).first().waitFor();
  await page.locator('.notice.warn').getByRole('link', { name: 'Ilya Borsun' }).first().waitFor();

  // Altered: what was changed is marked, and said to bear on the meaning.
  await verify(page, 'About 90,000 children will need clean water within a week', 'Bastien Oduya-Wren');
  await verdict(page, 'Altered');
  await page.locator('.verdict').getByText('A number was added, dropped or changed.').waitFor();
  assert.match(await page.locator('.evidence .diff ins').first().textContent(), /90,/);
  assert.match(await page.locator('.evidence .diff del').first().textContent(), /9,/);
  assert.match(await page.locator('.evidence .passage .context').first().textContent(), /\S/);

  // Unknown: with the certificate, and not said to be untrue.
  await verify(page, 'The lighthouse keeper sold eleven parrots to the harbour master');
  await verdict(page, 'Not found');
  await page.locator('.verdict', { hasText: 'does not mean that nobody said them' }).waitFor();
  assert.match(await page.locator('.certificate .digest').first().textContent(), /^[0-9a-f]{64}$/);

  // Back and forward go through what was asked; a reload asks it again.
  await page.goBack();
  await verdict(page, 'Altered');
  await becomes(async () => (await page.getByLabel(/a quotation, or a paragraph/i).inputValue()).includes('90,000'), true);
  await page.reload();
  await verdict(page, 'Altered');

  // A paragraph: each quotation by itself.
  await verify(page, `He said “${WORDS}” and then “we sold the parrots to the moon”.`);
  await page.getByRole('heading', { name: '0 of 2 quotations on record as given, 1 with a reservation' }).waitFor();

  // A search, narrowed by a facet; back takes it away.
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Search' }).click();
  await page.getByLabel(/^Words/).fill('harbour');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '7 quotes found' }).waitFor();
  assert.ok((await page.locator('.results mark').allTextContents()).every((word) => /^harbour$/i.test(word)));
  const facets = page.getByRole('complementary', { name: 'Narrow the list' });
  await facets.getByRole('link', { name: 'Person', exact: true }).click();
  await page.getByRole('heading', { name: '4 quotes found' }).waitFor();
  await told(page, '4 quotes found');
  const focused = () => page.evaluate(() => document.activeElement.textContent);
  await becomes(focused, '4 quotes found', 'who narrows by keyboard stays at the list');
  await becomes(() => asked('where.speaker-kind'), 'PERSON');
  await page.locator('.chips').getByRole('link', { name: 'Kind of source' }).press('Enter');
  await page.getByRole('heading', { name: '7 quotes found' }).waitFor();
  await becomes(focused, '7 quotes found');
  // The counts of the facet of years are what narrowing by it finds.
  const year = facets.locator('li', { hasText: '2021' });
  const count = await year.locator('.count').textContent();
  await year.getByRole('link').click();
  await page.getByRole('heading', { name: `${count} quotes found` }).waitFor();

  // Values behind the first ones; what is narrowed by has its name where nothing is found too.
  await page.goto(server + address({ search: '' }));
  const speakers = facets.getByRole('region', { name: 'Speaker', exact: true });
  await speakers.getByRole('button', { name: /^\d+ more of Speaker/ }).click();
  await speakers.getByRole('listitem').nth(6).waitFor();
  await becomes(focused, 'Fewer of Speaker');
  await speakers.getByRole('listitem').last().getByRole('link').click();
  await page.getByRole('heading', { name: '1 quote found' }).waitFor();
  const chip = await page.locator('.chips').textContent();
  await page.getByLabel(/^Words/).fill('zzzqqq');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Nothing found' }).waitFor();
  await page.locator('.chips', { hasText: chip }).waitFor();

  // A speaker, an organisation, an article: by links alone.
  await page.goto(server + address({ search: 'harbour', 'where.year': '2021' }));
  await page.locator('.results').getByRole('link', { name: 'Anselm Okoro-Lindqvist' }).first().click();
  await page.getByRole('heading', { level: 1, name: 'Anselm Okoro-Lindqvist' }).waitFor();
  await page.locator('.band rect').first().waitFor();
  await page.getByRole('img', { name: /dated statements, by month/ }).waitFor();
  await page.locator('.quotes').getByRole('link', { name: 'United Nations', exact: true }).first().click();
  await page.getByRole('heading', { level: 1, name: 'United Nations' }).waitFor();
  await page.goBack();
  await page.locator('.quotes').getByRole('link', { name: /Last civilian flights/ }).first().click();
  await page.getByRole('heading', { level: 1, name: /Last civilian flights/ }).waitFor();
  const painted = page.locator('.painted mark', { hasText: 'We don’t have the luxury' });
  await painted.waitFor();
  const paragraph = await painted.locator('..').textContent();
  assert.match(paragraph, /earn this.*told reporters in New York.*A corridor is not a favour/, 'passages are joined');

  // By keyboard alone: skip to the content, type, submit.
  await page.goto(server);
  await page.getByRole('heading', { name: 'Latest on record' }).waitFor();
  await page.keyboard.press('Tab');
  await becomes(focused, 'Skip to the content');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.type(WORDS);
  await page.keyboard.press('Control+Enter');
  await verdict(page, 'Verbatim');

  // What does not exist is said, and so is a question that the server refuses.
  await page.goto(server + address({ speaker: 'c8bb60b3-e226-83b8-838a-cfcaf8a60022' }));
  await page.getByRole('heading', { name: 'There is no such speaker on record' }).waitFor();
  await page.goto(server + address({ verify: WORDS, on: 'yesterday' }));
  await page.getByRole('alert').getByText('No answer.').waitFor();
  const { quotes } = await ask(server, '{ quotes(first: 1) { totalCount } }');
  await page.goto(server + address({ search: '' }));
  await page.getByRole('heading', { name: `${quotes.totalCount} quotes found` }).waitFor();
  check();
});
