import process from 'node:process';
import type { APIResponse, Page } from '@playwright/test';
import { chooseFiles, documentRows } from './actions.ts';
import { expect, test } from './twin-test.ts';

function askOverRest(page: Page): Promise<APIResponse> {
  return page.request.post('/api/chat', {
    data: { messages: [{ role: 'user', content: 'When did the harbour freeze?' }] },
  });
}

test('who has used up a limit is seen first and set free; what the database holds is told', async ({ page }) => {
  const documents = [{ id: 'doc-1', title: 'Harbour', content: 'The harbour froze in 1963.' }];
  expect((await page.request.post('/api/ingest', { data: { documents } })).status()).toBe(200);
  await page.goto('/admin');

  // Three a day: none of them flows back while this runs.
  await page.getByRole('button', { name: 'Change limit: Questions at once' }).click();
  const dialog = page.getByRole('dialog', { name: 'Limit: Questions at once' });
  await dialog.getByRole('spinbutton').fill('3');
  await dialog.getByLabel('Per', { exact: true }).selectOption('86400');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Limit changed')).toBeVisible();

  // A change holds everywhere within a second.
  await expect.poll(async () => (await askOverRest(page)).status(), { intervals: [300] }).toBe(429);
  await page.reload();
  const used = page.getByRole('table', { name: 'Callers and what they used of each limit' });
  const first = used.getByRole('row').nth(1);
  await expect(first).toContainText('Questions at once');
  await expect(first).toContainText('Owner');
  await expect(first).toContainText('3 of 3');
  // The owner has also looked things up, of which so many are allowed that it is no news.
  await expect(used).not.toContainText('Looking things up');

  await first.getByRole('button', { name: 'Reset Questions at once of Owner' }).click();
  await expect(page.getByText('Limit reset')).toBeVisible();
  await expect(page.getByText('Nobody has used half of a limit.')).toBeVisible();
  await expect.poll(async () => (await askOverRest(page)).status()).toBe(200);

  const home = process.env['TEST_DATABASE_URL'] === undefined ? 'Embedded Postgres' : 'Postgres server';
  const fact = (name: string) => page.locator('dl > div').filter({ has: page.getByText(name, { exact: true }) });
  await expect(fact('Database')).toContainText(home);
  await expect(fact('Database')).toContainText(/Version \d+[.\d]*, pgvector \d+\.\d+\.\d+, [\d.,]+ \w?B/);
  await expect(fact('Library')).toContainText('1 document');
  await expect(fact('Cache')).toContainText(/\d+ entr(y|ies)/);
  await expect(fact('Cache')).toContainText(/ of 64 MB/);
  const tables = page.getByRole('table', { name: 'Documents and their files: tables by size' });
  await expect(tables).toBeHidden();
  const group = page.locator('summary').filter({ hasText: 'Documents and their files' });
  await expect(group).toContainText(/\d+ tables\s*\d+(\.\d)? [kM]?B/);
  await group.click();
  const stored = tables.getByRole('row').filter({ hasText: 'blob_part' });
  await expect(stored.locator('[data-column="Size"]')).toHaveText(/^\d+(\.\d)? [kM]?B$/);
  const ingestions = page.getByRole('table', { name: 'Ingestions, newest first' });
  await expect(ingestions).toContainText('Harbour');

  // Each of what stands on the page is led to.
  const contents = page.getByRole('navigation', { name: 'On this page' }).getByRole('link');
  for (const name of await contents.allInnerTexts()) {
    await contents.filter({ hasText: name }).first().click();
    await expect(page.getByRole('region', { name, exact: true }).getByRole('heading').first()).toBeInViewport();
  }

  // Also when the page is opened there.
  await expect(page).toHaveURL(/\/admin#storage$/);
  await page.reload();
  await expect(page.getByRole('region', { name: 'Storage' }).getByRole('heading')).toBeInViewport();
});

test('beside a long name, whoever added it is named in one line', async ({ page }) => {
  const documents = [{ id: 'doc-1', title: `${'endless-'.repeat(30)}name`, content: 'The harbour froze in 1963.' }];
  expect((await page.request.post('/api/ingest', { data: { documents } })).status()).toBe(200);
  await page.goto('/admin');
  const by = page.getByRole('table', { name: 'Ingestions, newest first' }).locator('[data-column=By]').first();
  await expect(by).toHaveText('owner');
  const heightOfWords = await by.evaluate((cell) => {
    const range = document.createRange();
    range.selectNodeContents(cell);
    return range.getBoundingClientRect().height;
  });
  expect(heightOfWords).toBeLessThan(30);
});

test('the log of ingestions says which file failed and why, to the second, and goes on', async ({ page }) => {
  await page.goto('/documents');
  const broken = Buffer.from('%PDF-1.7 and then nothing');
  await chooseFiles(page, [{ name: 'broken.pdf', mimeType: 'application/pdf', buffer: broken }]);
  await expect(documentRows(page)).toContainText('is damaged or incomplete', { timeout: 30_000 });
  await page.goto('/admin');
  const ingestions = page.getByRole('table', { name: 'Ingestions, newest first' });
  await expect(ingestions).toContainText('broken.pdf');
  await expect(ingestions).toContainText('is damaged or incomplete');
  await expect(ingestions.locator('time')).toHaveAttribute('title', /\d:\d\d:\d\d/);

  for (let note = 1; note <= 50; note++) {
    const documents = [{ id: `note-${note}`, content: `Note ${note}.` }];
    expect((await page.request.post('/api/ingest', { data: { documents } })).status()).toBe(200);
  }
  await expect(ingestions).not.toContainText('broken.pdf');
  await page.getByRole('button', { name: 'Show more ingestions' }).click();
  await expect(ingestions).toContainText('broken.pdf');
  await expect(page.getByRole('button', { name: 'Show more ingestions' })).toHaveCount(0);
});
