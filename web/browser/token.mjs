// A server that answers to a token alone: the front end asks for one, and forgets it with the page.
// `node token.mjs SERVER TOKEN`.
import assert from 'node:assert/strict';
import { address, open, withBrowser } from './chromium.mjs';

const [server, token] = process.argv.slice(2);

await withBrowser(async (browser) => {
  // The refusals are in the console too.
  const { page, check } = await open(browser, server, {}, ['/graphql']);
  await page.goto(server + address({ search: '' }));
  await page.getByRole('alert').getByText('No answer.').waitFor();
  // What no header takes is not sent.
  await page.getByLabel(/a token that may read/i).fill('dixit_“quoted”');
  await page.keyboard.press('Enter');
  const slip = await page.getByLabel(/a token that may read/i).evaluate((input) => input.validity.patternMismatch);
  assert.ok(slip);
  await page.getByLabel(/a token that may read/i).fill('dixit_mistyped');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('No answer.').waitFor();
  await page.getByLabel(/a token that may read/i).fill(token);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: /quotes found/ }).waitFor();
  await page.getByText(/^dixit \d|· dixit \d/).first().waitFor();
  await page.reload();
  await page.getByLabel(/a token that may read/i).waitFor();
  check();
});
