// The playground: loads, completes a field, knows what each field means, and runs each of its tabs:
// `node playground.mjs SERVER TABS [FOLDER]`; into the folder goes a picture of it for the documents.
import assert from 'node:assert/strict';
import { keep, open, seriousIn, withBrowser } from './chromium.mjs';

const [server, tabs, folder] = process.argv.slice(2);

/** Answers to what a person asks; the playground itself asks for the schema. */
function isAnswer(response) {
  const asked = response.request().postData() ?? '';
  return response.url().endsWith('/graphql') && !asked.includes('__schema');
}

/**
 * What the active tab answers. GraphiQL learns a moment after a change of tabs which operation stands
 * there; a click before that asks for the one before.
 */
async function run(page, name) {
  for (let tries = 0; tries < 100; tries += 1) {
    const answered = page.waitForResponse(isAnswer);
    await page.getByRole('button', { name: /execute query/i }).click();
    const response = await answered;
    const { operationName } = response.request().postDataJSON();
    if (operationName === name) return response.json();
    await page.waitForTimeout(100);
  }
  return assert.fail(`the playground never asks for ${name}`);
}

await withBrowser(async (browser) => {
  const { page, check } = await open(browser, server, { viewport: { width: 1300, height: 900 } });
  await page.goto(`${server}/graphiql/`);
  await page.locator('.graphiql-editor .monaco-editor').first().waitFor();
  const tab = page.getByRole('tab');
  assert.equal(await tab.count(), Number(tabs), 'a tab for each of sample/queries');

  for (let place = 0; place < Number(tabs); place += 1) {
    await tab.nth(place).click();
    const name = (await tab.nth(place).innerText()).trim();
    const { data, errors } = await run(page, name);
    assert.equal(errors, undefined, `${name}: ${JSON.stringify(errors)}`);
    assert.ok(Object.values(data).every((field) => field !== null), name);
    await page.locator('.result-window', { hasText: '"data"' }).waitFor();
    console.log(`ran ${name}`);
    if (folder && place === 0) await keep(page, folder, 'playground', 760);
  }

  // Two things are GraphiQL's own: its tabs have buttons in them, and Monaco's colours (web/README.md).
  const ours = (one) => !/^(nested-interactive: |color-contrast: <span class="mtk)/.test(one);
  assert.deepEqual((await seriousIn(page)).filter(ours), []);

  // Completion: in a new tab, so that no example is changed.
  await page.getByRole('button', { name: /new tab/i }).click();
  await page.locator('.graphiql-query-editor .monaco-editor').first().click();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('{ verif');
  await page.keyboard.press('Control+Space');
  const offered = page.locator('.suggest-widget .monaco-list-row', { hasText: 'verifyMany' });
  await offered.first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.graphiql-query-editor .view-lines', { hasText: /verify/ }).waitFor();
  console.log('completed verify');

  // The manual is the schema's own descriptions.
  await page.getByRole('button', { name: /documentation explorer/i }).click();
  await page.getByText('Query', { exact: true }).first().click();
  await page.locator('.graphiql-doc-explorer', { hasText: 'verify' }).waitFor();
  check();
});
