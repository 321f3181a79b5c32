// What an article prints of a source, and what became of the print: nothing of it is left out, and nothing
// more is said. `node attribution.mjs SERVER`.
import assert from 'node:assert/strict';
import { address, open, withBrowser } from './chromium.mjs';

const [server] = process.argv.slice(2);

await withBrowser(async (browser) => {
  const { page, check } = await open(browser, server);
  const ask = async (words) => {
    await page.goto(server + address({ verify: words }));
    await page.locator('.evidence').first().waitFor();
  };
  const fact = (name) => page.locator('.facts > div', { has: page.locator('dt', { hasText: name }) }).locator('dd');
  const text = async (name) => (await fact(name).first().innerText()).trim();

  // Without a name the attribution is all that tells whose words they are.
  await ask('they shelled the market at noon');
  assert.equal(await text('Speaker'), 'a doctor at the hospital who saw it (unnamed individual)');
  assert.equal(await text('Attribution as printed'), 'a doctor at the hospital who saw it');

  // A role that is in the attribution is printed, though not told apart.
  await ask('the corridor will open tomorrow at dawn');
  assert.equal(await text('Role at the time'), 'not given apart');
  assert.equal(await text('Attribution as printed'), 'UN spokesman Carl Roe said');

  // Together with, and instead of, are not the same.
  await ask('we signed the paper on the bridge');
  assert.equal(await text('Together with'), 'Bo Ek');
  assert.equal(await text('Or said by'), 'Cy Dee (probability 25 %)');

  // The program did not find it again; that the article changed nobody knows.
  await ask('the harbour was sold at noon');
  await page.locator('.verdict.warn', { hasText: 'not found in it any more' }).waitFor();
  assert.match(await text('Not found again'), /^The program that had found this quote read its article again on .* did not find it any more\.$/);

  // In lists too.
  await page.goto(server + address({ search: '' }));
  const card = (words) => page.locator('.quotes li', { hasText: words });
  await card('they shelled').getByText('a doctor at the hospital who saw it').waitFor();
  await card('the corridor').getByText('as printed: UN spokesman Carl Roe said').waitFor();
  await card('we signed').getByText('with Bo Ek · or Cy Dee').waitFor();
  await card('was sold at noon').getByText('not found any more when its article was read again').waitFor();
  check();
});
