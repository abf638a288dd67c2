import { answerIsOver, latestTurn, loadSamples, sampleQuestions } from './actions.ts';
import { expectNoViolations } from './expect-no-violations.ts';
import { expect, test } from './twin-test.ts';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

test('an answer kept as right is asked again, and the run says how it went', async ({ page }) => {
  await loadSamples(page);
  const question = (await sampleQuestions(page).first().innerText()).trim();
  await sampleQuestions(page).first().click();
  await answerIsOver(page);
  await latestTurn(page).getByRole('button', { name: 'Add to evaluation' }).click();
  await expect(page.getByText('Added to the evaluation')).toBeVisible();

  await page.goto('/admin');
  await page.getByRole('link', { name: 'Evaluation' }).click();
  await expect(page.getByRole('cell', { name: question, exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Add a question' }).click();
  await expect(page.getByRole('dialog').getByRole('textbox').first()).toBeFocused();
  await expectNoViolations(page, 'a golden question being written');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expectNoViolations(page, 'evaluation');

  await page.getByRole('button', { name: 'Ask all questions' }).click();
  await expect(page.getByText(/Done, 1 asked/)).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('Recall@10')).toBeVisible();
  await page.getByRole('main').getByText(question).click();
  await expect(page.getByText('Right')).toBeVisible();
  await expectNoViolations(page, 'a run with one question open');
  await page.getByRole('main').getByRole('link', { name: 'Evaluation' }).click();
  await expect(page.getByRole('table', { name: /^Evaluation runs/ }).getByRole('row')).toHaveCount(2);
  await expectNoViolations(page, 'the list of runs');
});
