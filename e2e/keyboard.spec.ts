import type { Locator, Page } from '@playwright/test';
import { answerIsOver, citations, documentRows, latestTurn, sampleQuestions, sourcePassage } from './actions.ts';
import { expect, test } from './twin-test.ts';

test('the main job needs no mouse', async ({ page }) => {
  await page.goto('/');
  await tabTo(page, page.getByRole('button', { name: 'Try a sample collection' }).first());
  await page.keyboard.press('Enter');
  await expect(sampleQuestions(page).first()).toBeEnabled({ timeout: 30_000 });
  const question = (await sampleQuestions(page).first().innerText()).trim();
  await expect(page.getByText(/still being read/)).toHaveCount(0, { timeout: 60_000 });

  await tabTo(page, page.getByRole('textbox', { name: 'Ask your twin' }).first());
  await page.keyboard.type(question);
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Enter');
  await answerIsOver(page);

  await tabTo(page, page.getByRole('button', { name: /^Citation 1:/ }).first());
  await page.keyboard.press('Enter');
  await expect(sourcePassage(page)).toBeVisible();
  await expect(sourcePassage(page).getByRole('heading').first()).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(citations(latestTurn(page)).first()).toBeFocused();

  await tabTo(page, page.getByRole('link', { name: /^Documents/ }).first());
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Documents' })).toBeVisible();
  await expect(documentRows(page).first()).toBeVisible();
  const before = await documentRows(page).count();
  await tabTo(
    page,
    documentRows(page)
      .first()
      .getByRole('button', { name: /^Actions for/ }),
  );
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menu')).toBeVisible();
  await page.keyboard.press('End');
  await expect(page.getByRole('menuitem', { name: 'Delete' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(documentRows(page)).toHaveCount(before - 1);
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
});

/** Presses Tab until the element has the focus, which must then be visible. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  const isFocused = () => target.evaluate((element) => element === document.activeElement);
  for (let presses = 0; presses < 80; presses++) {
    if (await isFocused()) break;
    await page.keyboard.press('Tab');
  }
  await expect(target).toBeFocused();
  await expect(target).toBeInViewport();
}
