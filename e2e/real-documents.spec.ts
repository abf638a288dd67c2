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
  openDocument,
  sourcePassage,
} from './actions.ts';
import { expect, test } from './twin-test.ts';

const folder = process.env['DIGITAL_TWIN_TEST_DOCUMENTS'] ?? '';
/** One of each format beside those of which there are several, and the rows that they and the hardest of the others end as. */
const ends = new Map<string, RegExp>([
  ['two-sheets.xlsx', /^two-sheets\s+XLSX .*Ready/s],
  ['test.pptx', /test\.pptx .*Ready/s],
  ['simple.odt', /simple\.odt .*Ready/s],
  ['small.epub', /^Test EPUB Document\s+small\.epub .*Ready/s],
  ['email-attachment.eml', /^Fake email with attachment\s+email-attachment\.eml .*Ready/s],
  ['semicolon.csv', /^semicolon\s+CSV .*Ready/s],
  ['notebook.ipynb', /^Test Notebook Title\s+notebook\.ipynb .*Ready/s],
  ['archive.zip', /^archive\s+ZIP .*Ready/s],
  ['image-only.pdf', /^image-only\s+PDF .*Ready/s],
  ['password-protected.xlsx', /^password-protected\s+XLSX .*Locked/s],
  ['truncated.docx', /^truncated\s+DOCX .*Not readable.* is damaged or incomplete/s],
]);
const files =
  existsSync(folder) && folder !== ''
    ? readdirSync(folder).filter((name) => /\.(pdf|docx|md|html|txt)$/.test(name) || ends.has(name))
    : [];

/** What is read of two of them: a table as a table, and nothing of what stands around a page of a site. */
const texts = [
  { title: 'tables', cells: ['Lorem ipsum', 'A link example', 'e f g&t h'], lacks: '| ---' },
  { title: 'Microsoft', cells: ['Paul Allen'], lacks: 'Random article' },
];

/** What two of the documents say. Without a model the answer quotes them, so it holds their words. */
const answered = [
  { question: 'Who founded Microsoft?', says: 'Paul Allen', source: 'Microsoft' },
  { question: 'How many bottles of water and blankets are delivered?', says: '10,000 blankets', source: '200 laptops' },
];

test.describe('a folder of real documents', () => {
  test.skip(files.length === 0, 'DIGITAL_TWIN_TEST_DOCUMENTS names no folder with documents');
  test.setTimeout(240_000);
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
    const shown = await rows.allInnerTexts();
    for (const text of shown) {
      expect(text).toMatch(/Ready|(?:Failed|Locked|Not readable)\s+\S.{15,}/s);
    }
    for (const [name, end] of ends) {
      if (files.includes(name)) expect(shown, name).toContainEqual(expect.stringMatching(end));
    }

    for (const { title, cells, lacks } of texts) {
      await openDocument(page, title);
      await expect(page.getByRole('link', { name: 'Download original' })).toBeVisible();
      const text = page.getByRole('region', { name: 'Text as the twin read it' });
      for (const cell of cells) await expect(text.getByRole('cell').filter({ hasText: cell }).first()).toBeVisible();
      const more = text.getByRole('button', { name: 'Show more text' });
      while (await more.isVisible()) await more.click();
      await expect(text).not.toContainText(lacks);
      await page.getByRole('link', { name: 'All documents' }).click();
    }

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
