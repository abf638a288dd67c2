import type { APIRequestContext } from '@playwright/test';
import { answerIsOver, ask, latestTurn } from './actions.ts';
import { expect, test } from './twin-test.ts';

const documents = [
  {
    id: 'clock',
    title: 'The tide clock',
    content: 'The tide clock was built by Ada Quill in 1987 for the old harbour.',
  },
  { id: 'bees', title: 'Bees', content: 'A honey bee dances to show the others where flowers are.' },
];

async function call(request: APIRequestContext, procedure: string, data: object): Promise<void> {
  expect((await request.post(`/api/trpc/${procedure}`, { data })).status(), procedure).toBe(200);
}

test.beforeEach(async ({ request }) => {
  expect((await request.post('/api/ingest', { data: { documents } })).status()).toBe(200);
});

test('what a part of the library does not answer can be asked of all of it', async ({ page }) => {
  await call(page.request, 'collections.organize', { ids: ['bees'], addTags: ['insects'] });
  await page.goto('/');
  const part = page.getByRole('combobox', { name: 'Part of the library to ask' });
  await part.selectOption('#insects');
  await ask(page, 'Who built the tide clock?');
  await answerIsOver(page);
  await expect(latestTurn(page)).toContainText('Asked of #insects alone');
  await expect(latestTurn(page)).not.toContainText('Ada Quill');
  await latestTurn(page).getByRole('button', { name: 'Ask all documents' }).click();
  await expect(page.getByRole('article')).toHaveCount(2);
  await expect(latestTurn(page)).toContainText('Ada Quill', { timeout: 30_000 });
  await answerIsOver(page);
  await expect(part).toHaveValue('');
});

test('among many conversations one is found by words of its title', async ({ page }) => {
  await page.goto('/');
  const list = page.getByRole('navigation', { name: 'Conversations' });
  const field = page.getByRole('searchbox', { name: 'Find a conversation' });
  for (let number = 1; number <= 12; number++)
    await call(page.request, 'chat.send', { text: number === 5 ? 'How do bees dance?' : `Tide number ${number}?` });
  await page.reload();
  await expect(list.getByRole('link')).toHaveCount(12);
  await field.fill('dance bees');
  await expect(list.getByRole('link')).toHaveCount(1);
  await field.fill('harbour');
  await expect(list.getByRole('status')).toHaveText('No conversation is called that.');
  await field.fill('');
  await expect(list.getByRole('link')).toHaveCount(12);
});
