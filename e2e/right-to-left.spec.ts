import type { Locator } from '@playwright/test';
import { answerIsOver, ask, citations, documentRow, latestTurn, sourcePassage } from './actions.ts';
import { expect, test } from './twin-test.ts';

const title = 'ساعة المد';
const content = 'بنت آدا كويل ساعة المد في الميناء القديم عام 1987. وهي تعرض وقت أعلى مد.';

const directionOf = (text: Locator) => text.evaluate((element) => getComputedStyle(element).direction);

test('what is written from right to left is set so, in questions, answers, sources and documents', async ({ page }) => {
  const documents = [{ id: 'clock', title, content }];
  expect((await page.request.post('/api/ingest', { data: { documents } })).status()).toBe(200);
  await page.goto('/');
  const field = page.getByRole('textbox', { name: 'Ask your twin' });
  await field.fill('من بنى ساعة المد؟');
  expect(await directionOf(field)).toBe('rtl');
  await ask(page, 'من بنى ساعة المد؟');
  await answerIsOver(page);
  const turn = latestTurn(page);
  expect(await directionOf(turn.getByText('من بنى ساعة المد؟'))).toBe('rtl');
  expect(await directionOf(turn.locator('.prose blockquote').first())).toBe('rtl');
  await citations(turn).first().click();
  expect(await directionOf(sourcePassage(page).locator('div:has(> mark)').first())).toBe('rtl');
  await page.goto('/documents');
  expect(await directionOf(documentRow(page, title).getByRole('link'))).toBe('rtl');
});
