import {
  answerIsOver,
  ask,
  citations,
  documentRows,
  latestTurn,
  loadSamples,
  sampleQuestions,
  sourcePassage,
} from './actions.ts';
import { expectNoViolations } from './expect-no-violations.ts';
import { expect, test } from './twin-test.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: 'reduce' } });

    test('no screen of an empty twin has a violation', async ({ page }) => {
      for (const path of ['/', '/documents', '/persona', '/admin', '/admin/evaluation', '/no-such-page']) {
        await page.goto(path);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await expectNoViolations(page, `${path}, empty`);
      }
    });

    test('no screen of a twin at work has a violation', async ({ page }) => {
      await loadSamples(page);
      await expectNoViolations(page, 'welcome with sample questions');

      await sampleQuestions(page).first().click();
      await answerIsOver(page);
      await expectNoViolations(page, 'an answer');
      await citations(latestTurn(page)).first().click();
      await expect(sourcePassage(page).locator('mark').first()).toBeVisible();
      await expectNoViolations(page, 'an open source');
      await page.keyboard.press('Escape');

      await page.getByRole('link', { name: /^Documents/ }).click();
      await expect(page.getByRole('list', { name: 'Documents' })).toBeVisible();
      await expectNoViolations(page, 'documents');
      const documents = await documentRows(page).count();
      await documentRows(page)
        .first()
        .getByRole('button', { name: /^Actions for/ })
        .click();
      await expect(page.getByRole('menuitem', { name: 'Delete' })).toBeVisible();
      await expectNoViolations(page, 'an open menu');
      await page.getByRole('menuitem', { name: 'Delete' }).click();
      await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
      await expectNoViolations(page, 'a notice with undo');
      await page.getByRole('button', { name: 'Undo' }).click();
      // The row that comes back moves the others: a press on one of them before may end beside it.
      await expect(documentRows(page)).toHaveCount(documents);
      await page.getByRole('list', { name: 'Documents' }).getByRole('link').first().click();
      await expect(page.getByRole('link', { name: 'Download original' })).toBeVisible();
      await expectNoViolations(page, 'one document');

      await page.getByRole('link', { name: 'Admin' }).click();
      await expect(page.getByRole('heading', { level: 1, name: 'Admin' })).toBeVisible();
      await expectNoViolations(page, 'admin');
    });
  });
}

test.describe('while a model writes, and when it fails', () => {
  test.use({ withModel: true, contextOptions: { reducedMotion: 'reduce' } });

  test('the chat has no violation', async ({ page, model }) => {
    await loadSamples(page);
    model.enqueue({ kind: 'endless', msPerToken: 20 });
    await sampleQuestions(page).first().click();
    await expect.poll(() => model.requests.at(-1)?.tokensSent ?? 0).toBeGreaterThan(10);
    await expectNoViolations(page, 'an answer being written');
    await page.getByRole('button', { name: 'Stop' }).click();
    await expect(latestTurn(page)).toContainText('Stopped');
    await expectNoViolations(page, 'a stopped answer');

    model.setDefault({ kind: 'http-error', status: 400, message: 'no' });
    await ask(page, 'And again?');
    await expect(latestTurn(page).getByRole('button', { name: /^Retry/ })).toBeVisible({ timeout: 30_000 });
    await expectNoViolations(page, 'a failed answer');
  });
});
