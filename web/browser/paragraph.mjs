// Texts with quotations in them, and long ones: `node paragraph.mjs SERVER CASES.json`. The cases are texts
// and the quotations that `dixit verify --article` finds in each.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { address, becomes, open, verify, withBrowser } from './chromium.mjs';

const [server, file] = process.argv.slice(2);
const WORDS = 'Nobody will be left on the quay';
const UNDISPUTED = 'I have waited three years to read out a sentence this short';

const heading = (page) => page.locator('#paragraph').textContent();

/** What is looked at, as it is painted. */
const painted = (page) => page.locator('.painted mark').evaluateAll((marks) =>
  marks.map((mark) => mark.firstChild.textContent.replace(/\s+/g, ' ')));

async function marks(page) {
  for (const { text, quotations, unclosed } of JSON.parse(readFileSync(file, 'utf8'))) {
    await page.goto(server + address({ verify: text, whole: 'no' }));
    await page.locator('#paragraph, #verdict').waitFor();
    await becomes(() => painted(page), quotations, text);
    if (unclosed > 0) await becomes(() => page.getByText(/without a counterpart/).count(), 1, text);
  }
}

/** What is not on record just as given is not counted as such, nor painted so. */
async function reservations(page) {
  const count = async (text, state = {}) => {
    await page.goto(server + address({ verify: text, ...state }));
    await page.locator('#paragraph').waitFor();
    return heading(page);
  };
  // By whom these are is disputed, and said here too.
  const both = `“${UNDISPUTED}” “${WORDS}”`;
  assert.equal(await count(both), '1 of 2 quotations on record as given, 1 with a reservation');
  await page.locator('.each li', { hasText: WORDS }).getByText('on record by different speakers').waitFor();
  await becomes(() => page.locator('.painted mark.good').count(), 1);
  // Not of that day, not in that article.
  assert.equal(await count(both, { on: '1999' }), '0 of 2 quotations on record as given, 2 with a reservation');
  await becomes(() => page.locator('.painted mark.good').count(), 0);
  assert.match(await count(both, { in: 'https://nowhere.example/x' }), /^0 of 2 /);
  for (const state of [{ on: '1999-01-01' }, { in: 'https://nowhere.example/x' }]) {
    await page.goto(server + address({ verify: UNDISPUTED, ...state }));
    await page.locator('.verdict.warn', { hasText: 'There is a reservation' }).waitFor();
    assert.doesNotMatch(await page.locator('.verdict').textContent(), /as given/);
  }
  await page.goto(server + address({ verify: UNDISPUTED }));
  await page.locator('.verdict.good', { hasText: 'on record as given' }).waitFor();
}

/** Nothing is left aside silently. */
async function leftAside(page) {
  await page.goto(server + address({ verify: `He said “I lied” and “${WORDS}” yesterday.` }));
  await page.locator('.each').waitFor();
  await becomes(() => painted(page), ['I lied', WORDS]);
  await page.getByText('So few words may be anybody’s').waitFor();
  // As a whole: which quotation is behind nothing, and the way back to each.
  await page.getByRole('link', { name: 'Take the whole text for one quotation' }).click();
  await page.locator('.notice', { hasText: '“I lied”' }).waitFor();
  await page.getByText(`Of your text, “${WORDS}” was compared with it.`).first().waitFor();
  await page.getByRole('link', { name: 'Look at each quotation by itself' }).click();
  await page.locator('.each').waitFor();
  // Marks that are no pair are told: Chinese without a blank or a colon before them.
  await page.goto(server + address({ verify: `他说“港口没有人留下”。 “${WORDS}”`, whole: 'no' }));
  await page.getByText('2 quotation marks without a counterpart').waitFor();
  // A quotation with quotations in it: all about it is about it, not once more about its parts.
  const nested = `“He said "we leave at dawn today" and "we stay until noon"” and “${WORDS}”`;
  await page.goto(server + address({ verify: nested }));
  await page.getByRole('link', { name: 'All about this quotation' }).first().click();
  await page.locator('#verdict').waitFor();
  await becomes(() => page.locator('#paragraph').count(), 0);
}

/** Longer texts than may be compared at once are taken apart, and every text comes back by its address. */
async function long(page) {
  const filler = 'Rain fell on the harbour, and the papers wrote of nothing else for a week. '.repeat(200);
  const text = `${filler}He said “${UNDISPUTED}”.`;
  await page.goto(server);
  await verify(page, text);
  await page.getByRole('heading', { name: '1 of 1 quotation on record as given' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: '1 of 1 quotation on record as given' }).waitFor();
  await becomes(() => page.getByLabel(/a quotation, or a paragraph/i).inputValue(), text);
  await verify(page, filler);
  await page.getByRole('alert').getByText('longer than the 10,000 characters').waitFor();
  const chinese = '港口的雨下了一整个星期'.repeat(900);
  await verify(page, chinese);
  await page.locator('#verdict').waitFor();
  const response = await page.reload();
  assert.equal(response.status(), 200);
  await page.locator('#verdict').waitFor();
  await becomes(() => page.getByLabel(/a quotation, or a paragraph/i).inputValue(), chinese);
  // The address keeps the text while the content is skipped to.
  await page.locator('.skip').focus();
  await page.keyboard.press('Enter');
  await becomes(() => page.evaluate(() => document.activeElement.id), 'main');
  await becomes(() => page.getByLabel(/a quotation, or a paragraph/i).inputValue(), chinese);
  // Blanks in the address are no name.
  await page.goto(server + address({ verify: UNDISPUTED, by: '  ' }));
  await page.locator('.verdict.good').waitFor();
}

/** As many quotations as the server takes at once, and more. */
async function many(page) {
  await page.goto(server);
  await verify(page, `He said “${UNDISPUTED}” again. `.repeat(51));
  await page.getByRole('heading', { name: '50 of 51 quotations on record as given' }).waitFor();
  await page.getByText('Only the first 50 quotations were looked at.').waitFor();
}

await withBrowser(async (browser) => {
  const { page, check } = await open(browser, server);
  for (const look of [marks, reservations, leftAside, long, many]) {
    await look(page);
    console.log(look.name);
  }
  check();
});
