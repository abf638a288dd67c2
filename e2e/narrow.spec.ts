import type { Page } from '@playwright/test';
import {
  answerIsOver,
  citations,
  documentRows,
  latestTurn,
  loadSamples,
  sampleQuestions,
  sourcePassage,
} from './actions.ts';
import { expect, test } from './twin-test.ts';

for (const width of [320, 390]) {
  test.describe(`${width} px wide`, () => {
    test.use({ viewport: { width, height: 720 }, hasTouch: true, isMobile: true });

    test('every screen fits and the main job works', async ({ page }) => {
      await page.goto('/');
      await expect(page.getByRole('button', { name: 'Try a sample collection' })).toBeVisible();
      await expectNoSidewaysScroll(page, 'empty');
      await loadSamples(page);
      await expectNoSidewaysScroll(page, 'welcome');

      await sampleQuestions(page).first().tap();
      await answerIsOver(page);
      await expectNoSidewaysScroll(page, 'an answer');
      await citations(latestTurn(page)).first().tap();
      await expect(sourcePassage(page).locator('mark').first()).toBeInViewport();
      await expectNoSidewaysScroll(page, 'a source');
      await page.getByRole('button', { name: 'Close source' }).tap();
      await expect(sourcePassage(page)).toHaveCount(0);

      for (const name of ['Documents', 'Persona', 'Admin']) {
        await page.getByRole('button', { name: 'Open navigation' }).tap();
        await page
          .getByRole('dialog')
          .getByRole('link', { name: new RegExp(`^${name}`) })
          .tap();
        await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
        await expectNoSidewaysScroll(page, name);
      }
      for (const path of ['/admin/evaluation', '/documents/sample-life']) {
        await page.goto(path);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await expectNoSidewaysScroll(page, path);
      }
      await expectUndoCoversNothing(page);
    });
  });
}

/** The notice that takes a deletion back lies over no button at the top, and the last row can be scrolled clear of it. */
async function expectUndoCoversNothing(page: Page): Promise<void> {
  await page.goto('/documents');
  await documentRows(page)
    .first()
    .getByRole('button', { name: /^Actions for/ })
    .tap();
  await page.getByRole('menuitem', { name: 'Delete' }).tap();
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
  await page.getByRole('button', { name: 'Add other' }).tap({ trial: true });
  await page.locator('main').evaluate((main) => main.scrollTo(0, main.scrollHeight));
  await documentRows(page)
    .last()
    .getByRole('button', { name: /^Actions for/ })
    .tap({ trial: true });
  await page.getByRole('button', { name: 'Undo' }).tap();
}

async function expectNoSidewaysScroll(page: Page, state: string): Promise<void> {
  const overhang = await page.evaluate(() => {
    const scrollers = [document.documentElement, ...document.querySelectorAll('main')];
    return Math.max(...scrollers.map((element) => element.scrollWidth - element.clientWidth));
  });
  expect(overhang, `pixels that stick out sideways: ${state}`).toBeLessThanOrEqual(0);
}
