import { answerIsOver, ask, citations, latestTurn, loadSamples, sampleQuestions, sourcePassage } from './actions.ts';
import { expect, test } from './twin-test.ts';

test('an empty twin explains itself; its samples answer three questions without a key', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByText('Only this computer can reach it')).toBeVisible();
  await expect(page.getByText(/PDF, Word, .* more kinds, up to 512 MB each/)).toBeVisible();
  await page.getByRole('button', { name: /^\d+ more kinds$/ }).click();
  await expect(page.getByText(/RTF, .*source code, up to 512 MB each/)).toBeVisible();

  await loadSamples(page);
  const questions = await sampleQuestions(page).allInnerTexts();
  expect(questions).toHaveLength(3);

  for (const question of questions) {
    await page.goto('/');
    await sampleQuestions(page).filter({ hasText: question }).click();
    await expect(latestTurn(page)).toContainText('Quoted from your documents', { timeout: 30_000 });
    await answerIsOver(page);
    await citations(latestTurn(page)).first().click();
    await expect(sourcePassage(page).locator('mark').first()).toBeInViewport();
  }
});

test('what the documents do not hold is said, not invented', async ({ page }) => {
  await loadSamples(page);
  await ask(page, 'zxqv blorptang wibblefrotz?');
  await expect(latestTurn(page).getByRole('link', { name: 'See or add documents' })).toBeVisible({ timeout: 30_000 });
  await answerIsOver(page);
  await expect(citations(latestTurn(page))).toHaveCount(0);
});

test('a question to an empty library leads to the documents', async ({ page }) => {
  await page.goto('/');
  await ask(page, 'What is in my documents?');
  await expect(latestTurn(page).getByRole('link', { name: 'Add documents' })).toBeVisible({ timeout: 30_000 });
});
