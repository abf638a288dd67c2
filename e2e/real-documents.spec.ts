import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import {
  answerIsOver,
  ask,
  chooseFiles,
  citations,
  documentRows,
  latestTurn,
  newChat,
  sourcePassage,
} from './actions.ts';
import { expect, test } from './twin-test.ts';

const folder = process.env['DIGITAL_TWIN_TEST_DOCUMENTS'] ?? '';
const files =
  existsSync(folder) && folder !== ''
    ? readdirSync(folder).filter((name) => /\.(pdf|docx|md|html|txt)$/.test(name))
    : [];

/** What two of the documents say. Without a model the answer quotes them, so it holds their words. */
const answered = [
  { question: 'Who founded Microsoft?', says: 'Paul Allen', source: 'Microsoft' },
  { question: 'How many bottles of water and blankets are delivered?', says: '10,000 blankets', source: '200 laptops' },
];

test.describe('a folder of real documents', () => {
  test.skip(files.length === 0, 'DIGITAL_TWIN_TEST_DOCUMENTS names no folder with documents');
  test.setTimeout(180_000);
  test.use({ expectedConsole: [/Failed to load resource.*status of 4\d\d/] });

  test('each ends ready or says plainly why not; an answer opens the passage it stands on', async ({ page }) => {
    await page.goto('/documents');
    await chooseFiles(
      page,
      files.map((name) => join(folder, name)),
    );
    const rows = documentRows(page);
    const uploads = page.getByRole('list', { name: 'Uploads' });
    await expect(uploads.or(rows).first()).toBeVisible();
    await expect(uploads.getByText(/Uploading|Storing|Waiting/)).toHaveCount(0, { timeout: 60_000 });
    await expect(rows.filter({ has: page.getByRole('progressbar') })).toHaveCount(0, { timeout: 120_000 });
    const refused = uploads.getByRole('listitem');
    await expect.poll(async () => (await rows.count()) + (await refused.count())).toBe(files.length);
    for (const text of await rows.allInnerTexts()) {
      expect(text).toMatch(/Ready|(?:Failed|Locked|Not readable)\s+\S.{15,}/s);
    }
    await rows.filter({ hasText: 'Ready' }).first().getByRole('link').first().click();
    await expect(page.getByRole('link', { name: 'Download original' })).toBeVisible();

    await page.getByRole('link', { name: 'New chat' }).click();
    for (const { question, says, source } of answered) {
      await ask(page, question);
      await expect(latestTurn(page)).toContainText(says, { timeout: 30_000 });
      await answerIsOver(page);
      await page.reload();
      await expect(latestTurn(page)).toContainText(says);
      await citations(latestTurn(page)).first().click();
      await expect(sourcePassage(page)).toContainText(source);
      await expect(sourcePassage(page).locator('mark').first()).toBeInViewport();
      const marked = await sourcePassage(page).locator('mark').allInnerTexts();
      await expect(latestTurn(page)).toContainText((marked[0] ?? 'nothing is marked').slice(0, 40));
      await page.keyboard.press('Escape');
    }
  });

  test.describe('with a model', () => {
    test.use({ withModel: true });

    test('an answer survives a reload, can be stopped, and goes with its documents', async ({ page, model }) => {
      const few = files.map((name) => join(folder, name)).toSorted((a, b) => statSync(a).size - statSync(b).size);
      await page.goto('/documents');
      await chooseFiles(page, few.slice(0, 4));
      const rows = documentRows(page);
      const uploads = page.getByRole('list', { name: 'Uploads' });
      await expect(uploads.or(rows).first()).toBeVisible();
      await expect(uploads.getByText(/Uploading|Storing|Waiting/)).toHaveCount(0, { timeout: 60_000 });
      await expect(rows.filter({ has: page.getByRole('progressbar') })).toHaveCount(0, { timeout: 60_000 });
      await expect(rows.filter({ hasText: 'Ready' })).not.toHaveCount(0);

      await page.getByRole('link', { name: 'New chat' }).click();
      const text = Array.from({ length: 40 }, (_, n) => `Sentence number ${n + 1} of the tale.`).join(' ');
      const { promise: heldUntil, resolve: goOn } = Promise.withResolvers<void>();
      model.enqueue({ kind: 'answer', text, msPerToken: 5, heldUntil, heldAfterTokens: 60 });
      await ask(page, 'What do these documents say?');
      await expect(latestTurn(page)).toContainText('Sentence number 5 of', { timeout: 30_000 });
      await page.reload();
      await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible();
      goOn();
      await expect(latestTurn(page)).toContainText('Sentence number 40 of', { timeout: 30_000 });
      await answerIsOver(page);
      expect((await latestTurn(page).innerText()).match(/Sentence number 7 of/g)).toHaveLength(1);

      model.enqueue({ kind: 'endless', msPerToken: 10 });
      // In a chat of its own: a follow-up would first be rewritten, by the same model.
      await newChat(page);
      await ask(page, 'What are these documents about?');
      await expect(latestTurn(page)).toContainText('and so on', { timeout: 30_000 });
      await page.getByRole('button', { name: 'Stop' }).click();
      await expect(latestTurn(page)).toContainText('Stopped. What was written so far is kept.');
      await expect.poll(() => model.requests.at(-1)?.abortedAt).not.toBeNull();

      await page.getByRole('link', { name: /^Documents/ }).click();
      await page.getByRole('checkbox', { name: 'Choose all documents shown' }).click();
      await page.getByRole('button', { name: 'Delete' }).click();
      await expect(documentRows(page)).toHaveCount(0);
    });
  });
});
