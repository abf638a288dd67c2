import type { Page } from '@playwright/test';
import {
  answerIsOver,
  ask,
  chooseFiles,
  documentsAreReady,
  latestTurn,
  loadSamples,
  newChat,
  openDocument,
  sampleQuestions,
} from './actions.ts';
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

const file = (name: string, text: string) => ({ name, mimeType: '', buffer: Buffer.from(text) });
const kettleQuestion = 'When does the copper kettle whistle?';
const questions = [kettleQuestion, 'What does the brass bell announce?'];

async function keepAsRight(page: Page, question: string): Promise<void> {
  await ask(page, question);
  await answerIsOver(page);
  const added = page.waitForResponse((response) => response.url().includes('evaluation.addAnswer'));
  await latestTurn(page).getByRole('button', { name: 'Add to evaluation' }).click();
  expect((await added).ok()).toBe(true);
}

async function askAll(page: Page): Promise<void> {
  await page.goto('/admin/evaluation');
  await page.getByRole('button', { name: 'Ask all questions' }).click();
  await expect(page.getByText(/Done, 2 asked/)).toBeVisible({ timeout: 30_000 });
}

test('two runs are compared: the question that got worse comes first, and opens to what both runs found and said', async ({
  page,
}) => {
  await page.goto('/documents');
  const kettle = file('kettle.txt', 'The copper kettle whistles at noon, and again when the clock strikes six.');
  await chooseFiles(page, [kettle, file('bell.txt', 'The brass bell announces the ferry from the island.')]);
  await documentsAreReady(page, 2);
  await newChat(page);
  for (const question of questions) await keepAsRight(page, question);
  await askAll(page);
  await expect(page.getByText('Questions that changed')).toHaveCount(0);

  await page.goto('/documents');
  await openDocument(page, 'kettle');
  await page.getByRole('button', { name: 'Show passages' }).click();
  const stored = page.waitForResponse((response) => response.url().includes('documents.switchChunk'));
  await page.getByLabel('Passage 1 may answer').click();
  expect((await stored).ok()).toBe(true);
  await askAll(page);

  const changes = page.getByRole('list', { name: 'Questions that changed' }).locator('> li');
  await expect(changes).toHaveCount(1);
  await expect(page.getByText('Changed between them: the documents.')).toBeVisible();
  await expect(page.getByText('1 worse, 1 alike. The worst comes first.')).toBeVisible();
  const first = changes.first();
  await expect(first.locator('summary')).toContainText(kettleQuestion);
  await expect(first.locator('summary')).toContainText('Refused now · document in place 1 → not found');
  await first.locator('summary').click();
  const [earlier, later] = [/^Earlier/, /^This run/].map((name) => first.getByRole('region', { name }));
  await expect(earlier!).toContainText('whistles at noon');
  await expect(earlier!.getByRole('listitem').first()).toHaveText('kettle (expected)');
  await expect(later!).toContainText('I found nothing in your documents');
  await expect(later!.getByRole('listitem')).toHaveText(['bell']);
  await expectNoViolations(page, 'two runs compared, with one question open');
});
