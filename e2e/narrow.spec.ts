import type { Page } from '@playwright/test';
import {
  answerIsOver,
  chooseFixtures,
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
      await page.goto('/documents');
      await expect(page.getByText('There is nothing here yet.')).toBeVisible();
      await expect(page.getByText(/0 documents|Drop files/).filter({ visible: true })).toHaveCount(0);
      await page.goto('/admin');
      await expect(page.getByText('What you add is counted here.')).toBeVisible();
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
      // A switch for a finger is not drawn larger: it would look like something else.
      await page.getByRole('button', { name: 'Show passages' }).tap();
      const passage = await page.getByRole('switch').first().boundingBox();
      expect(passage?.width ?? 0).toBeGreaterThan(1.5 * (passage?.height ?? 0));
      await expectUndoCoversNothing(page);
      await expectChoiceInFewRows(page);
      await expectRoomForTitle(page);
    });
  });
}

/** The notice that takes a deletion back lies over no button at the top, and the last row can be scrolled clear of it. */
async function expectUndoCoversNothing(page: Page): Promise<void> {
  await page.goto('/documents');
  await expect(documentRows(page).first()).toBeVisible();
  const documents = await documentRows(page).count();
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
  // The row that comes back moves the others: a tap on one of them before may end beside it.
  await expect(documentRows(page)).toHaveCount(documents);
}

/** What can be done with the chosen documents takes little of a small screen, with the way out beside their number. */
async function expectChoiceInFewRows(page: Page): Promise<void> {
  await documentRows(page).first().getByRole('checkbox').tap();
  const bar = page.getByRole('toolbar', { name: 'Chosen documents' });
  await expect(bar.getByRole('button', { name: 'Delete' })).toBeVisible();
  const rows = await bar
    .getByRole('button')
    .evaluateAll((buttons) => [...new Set(buttons.map((button) => Math.round(button.getBoundingClientRect().top)))]);
  expect(rows.length).toBeLessThanOrEqual(innerRowsMax(page.viewportSize()?.width ?? 0));
  const number = await bar.getByText('1 chosen').boundingBox();
  const none = await bar.getByRole('button', { name: 'Choose none' }).boundingBox();
  expect((none?.x ?? 0) - (number?.x ?? 0) - (number?.width ?? 0)).toBeLessThan(12);
  await bar.getByRole('button', { name: 'Choose none' }).tap();
}

/** The number's row and that of the buttons; at 320 px the buttons need two. */
function innerRowsMax(width: number): number {
  return width < 360 ? 3 : 2;
}

/** What would mend a failure stands under its reason, and takes no width from the title. */
async function expectRoomForTitle(page: Page): Promise<void> {
  await chooseFixtures(page, 'locked.pdf');
  const row = documentRows(page).filter({ hasText: 'locked' }).first();
  const mend = row.getByRole('button', { name: /^Enter password/ });
  await expect(mend).toBeVisible({ timeout: 60_000 });
  // The list of uploads above goes when the last has arrived, and the rows move up.
  await expect(page.getByRole('list', { name: 'Uploads' })).toHaveCount(0);
  await expect(async () => {
    const title = await row.getByRole('link').boundingBox();
    expect((await mend.boundingBox())?.y).toBeGreaterThan((title?.y ?? Infinity) + (title?.height ?? 0));
  }).toPass({ timeout: 15_000 });
}

async function expectNoSidewaysScroll(page: Page, state: string): Promise<void> {
  const overhang = await page.evaluate(() => {
    const scrollers = [document.documentElement, ...document.querySelectorAll('main')];
    return Math.max(...scrollers.map((element) => element.scrollWidth - element.clientWidth));
  });
  expect(overhang, `pixels that stick out sideways: ${state}`).toBeLessThanOrEqual(0);
}
