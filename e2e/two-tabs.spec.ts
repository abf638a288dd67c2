import { ask, chooseFixtures, documentRows, latestTurn } from './actions.ts';
import { expect, test } from './twin-test.ts';

test.use({ withModel: true });

test('two tabs see the same answer being written, and either can stop it', async ({ page, context, model }) => {
  await page.goto('/documents');
  await chooseFixtures(page, 'museum.html');
  await expect(documentRows(page).filter({ hasText: 'Ready' })).toHaveCount(1, { timeout: 30_000 });

  await page.goto('/');
  const text = Array.from({ length: 1_000 }, (_, index) => `Lamp ${index + 1} still works.`).join(' ');
  model.enqueue({ kind: 'answer', text, msPerToken: 10 });
  await ask(page, 'Which lamps of the museum still work?');
  await expect(latestTurn(page)).toContainText('Lamp 3 still', { timeout: 30_000 });
  await expect(page).toHaveURL(/\/c\//);

  const second = await context.newPage();
  await second.goto(page.url());
  await expect(latestTurn(second)).toContainText('Lamp 1 still works');
  await expect(latestTurn(page)).toContainText('Lamp 30 still', { timeout: 30_000 });
  // While it is still being written, not only when it is over.
  await expect(latestTurn(second)).toContainText('Lamp 30 still');
  await expect(second.getByRole('button', { name: 'Stop' })).toBeVisible();
  expect((await latestTurn(second).innerText()).match(/Lamp 3 still/g)).toHaveLength(1);

  await second.getByRole('button', { name: 'Stop' }).click();
  await expect(latestTurn(second)).toContainText('Stopped');
  await expect(latestTurn(page)).toContainText('Stopped');
  const textOf = async (of: typeof page) => (await latestTurn(of).locator('.prose').innerText()).trim();
  expect(await textOf(second)).toContain('Lamp 30 still');
  await expect.poll(() => textOf(page)).toBe(await textOf(second));
});
