import type { Page } from '@playwright/test';
import { startServerProcess } from '@twin/testing/server-process';
import { chooseFixtures, documentRows } from './actions.ts';
import { expectNoViolations } from './expect-no-violations.ts';
import { expect, test } from './twin-test.ts';

/** A page that stays open asks for a server that is gone. */
async function leave(page: Page): Promise<void> {
  await page.goto('about:blank');
}

test.use({ contextOptions: { reducedMotion: 'reduce' } });

test('another embedding model is filled, takes over, and the one before comes back', async ({
  page,
  twin,
  model,
  dataDir,
  databaseEnv,
}) => {
  await page.goto('/documents');
  await chooseFixtures(page, 'museum.html', 'garden.md');
  await expect(documentRows(page).filter({ hasText: 'Ready' })).toHaveCount(2, { timeout: 30_000 });
  await page.goto('/admin');
  await expect(page.getByRole('table', { name: 'Embedding models' }).getByRole('row')).toHaveCount(2);
  await expect(page.getByRole('button', { name: /^Change to/ })).toHaveCount(0);

  await leave(page);
  await twin.end('SIGTERM');
  const env = {
    ...databaseEnv,
    OPENAI_BASE_URL: model.baseUrl,
    OPENAI_API_KEY: 'test',
    EMBEDDING_MODEL: 'text-embedding-3-small',
  };
  const second = await startServerProcess({ dataDir, env });
  await page.goto(`${second.url}/admin`);
  await page.getByRole('button', { name: 'Change to text-embedding-3-small' }).click();
  const rowOf = (name: string) => page.getByRole('table', { name: 'Embedding models' }).getByRole('row', { name });
  await expect(rowOf('text-embedding-3-small')).toContainText('Answers', { timeout: 30_000 });
  await expectNoViolations(page, 'admin after a change of model');
  const back = page.getByRole('button', { name: /^Go back to/ });
  await back.click();
  await expect(rowOf('text-embedding-3-small')).toContainText('Answered before', { timeout: 30_000 });
  await leave(page);
  expect(await second.end('SIGTERM')).toBe(0);
});
