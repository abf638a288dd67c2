import type { Locator } from '@playwright/test';
import {
  answerIsOver,
  ask,
  chooseFixtures,
  citations,
  documentRow,
  documentRows,
  latestTurn,
  sourcePassage,
} from './actions.ts';
import { expect, test } from './twin-test.ts';

test.use({ withModel: true, serverEnv: { CHAT_TOKEN_PRICES: '150,600' } });

const readable = ['voyage.pdf', 'minutes.docx', 'garden.md', 'museum.html', 'notes.txt'];

test('from files to a cited answer, through a reload and a stop, to an empty library', async ({ page, model }) => {
  await page.goto('/documents');
  await chooseFixtures(page, ...readable);
  await expect(documentRows(page)).toHaveCount(readable.length);
  await expect(documentRows(page).filter({ hasText: 'Ready' })).toHaveCount(readable.length, { timeout: 60_000 });

  await page.getByRole('link', { name: 'New chat' }).click();
  await ask(page, 'Which former candle factory has the lamp museum opened in?');
  const turn = latestTurn(page);
  await expect(turn).toContainText('1911', { timeout: 30_000 });
  await answerIsOver(page);
  await expect(turn).toContainText('Written by');
  await expect(turn).toContainText(/tokens? · \$\d+\.\d+ · /);

  await citations(turn).first().click();
  const passage = sourcePassage(page);
  await expect(passage).toContainText('The lamp museum');
  await expect(passage.locator('mark').first()).toBeInViewport();
  await expect(passage.locator('mark').first()).toContainText('1911');
  await page.keyboard.press('Escape');
  await expect(passage).toHaveCount(0);
  await expect(citations(turn).first()).toBeFocused();

  // A reload in the middle of an answer: nothing is lost and nothing is doubled.
  const longAnswer = Array.from({ length: 40 }, (_, index) => `Sentence number ${index + 1} of the tale.`).join(' ');
  const { promise: heldUntil, resolve: goOn } = Promise.withResolvers<void>();
  model.enqueue({ kind: 'answer', text: longAnswer, msPerToken: 5, heldUntil, heldAfterTokens: 60 });
  await ask(page, 'Tell me everything about the voyage of the Meridian.');
  await expect(latestTurn(page)).toContainText('Sentence number 5 of', { timeout: 30_000 });
  await page.reload();
  await expect(latestTurn(page)).toContainText('Sentence number 5 of');
  await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible();
  goOn();
  await expect(latestTurn(page)).toContainText('Sentence number 40 of', { timeout: 30_000 });
  await answerIsOver(page);
  expect((await latestTurn(page).innerText()).match(/Sentence number 7 of/g)).toHaveLength(1);

  // Stop ends the upstream request within a second and keeps what was written.
  // The follow-up is rewritten first, by a request of its own.
  model.enqueue(
    { kind: 'answer', text: 'And what about the garden of the Meridian?' },
    { kind: 'endless', msPerToken: 10 },
  );
  const requestsBefore = model.requests.length;
  const request = () => model.requests[requestsBefore + 1];
  await ask(page, 'And what about the garden?');
  await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible();
  await expect.poll(() => request()?.tokensSent ?? 0).toBeGreaterThan(5);
  const stopSent = page.waitForRequest(/chat\.stop/).then(() => request()?.tokensSent ?? Infinity);
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(latestTurn(page)).toContainText('Stopped');
  await expect.poll(() => request()?.abortedAt ?? 0).toBeGreaterThan(0);
  expect((request()?.tokensSent ?? Infinity) - (await stopSent)).toBeLessThan(100);

  // The conversation is kept.
  await page.getByRole('navigation', { name: 'Conversations' }).getByRole('link').first().click();
  await expect(page.getByRole('article')).toHaveCount(3);

  await page.getByRole('link', { name: /^Documents/ }).click();
  const deleteFirst = async (): Promise<Locator> => {
    const row = documentRows(page).first();
    const title = await row.getByRole('link').first().innerText();
    await row.getByRole('button', { name: /^Actions for/ }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    // The newest notice lies upon the others.
    const notice = page.getByRole('dialog').filter({ hasText: `“${title}” deleted` });
    await expect(notice).toBeVisible();
    return notice;
  };
  for (let left = readable.length; left > 1; left--) {
    await deleteFirst();
    await expect(documentRows(page)).toHaveCount(left - 1);
  }
  // The last one comes back, and goes for good.
  const notice = await deleteFirst();
  await expect(documentRows(page)).toHaveCount(0);
  await notice.getByRole('button', { name: 'Undo' }).click();
  await expect(documentRows(page)).toHaveCount(1);
  await deleteFirst();
  await expect(documentRows(page)).toHaveCount(0);
  await page.getByRole('link', { name: 'New chat' }).click();
  await expect(page.getByRole('button', { name: 'Try a sample collection' })).toBeVisible();

  // What was cited stays readable: the answer keeps the words it quoted.
  await page.getByRole('navigation', { name: 'Conversations' }).getByRole('link').first().click();
  await citations(page.getByRole('article').first()).first().click();
  await expect(sourcePassage(page)).toContainText('no longer here');
  await expect(sourcePassage(page)).toContainText('1911');
});

test.describe('files that cannot be read', () => {
  test.use({ withModel: false, expectedConsole: [/Failed to load resource.*status of 4\d\d/] });

  test('each says why, and the others go on', async ({ page }) => {
    await page.goto('/documents');
    await chooseFixtures(page, 'locked.pdf', 'damaged.pdf', 'blank.pdf', 'photo.png', 'empty.txt', 'notes.txt');
    const row = (name: string) => documentRow(page, name);
    await expect(page.getByRole('list', { name: 'Uploads' }).getByRole('alert')).toContainText(/empty/i);
    await expect(documentRows(page).filter({ hasText: 'Ready' })).toHaveCount(1, { timeout: 60_000 });
    await expect(row('locked')).toContainText(/password/i, { timeout: 60_000 });
    await expect(row('damaged')).toContainText(/damaged|cut off|corrupt|incomplete/i);
    await expect(row('blank')).toContainText(/no text|blank/i);
    await expect(row('photo')).toContainText(/image|picture|photo/i);
    await expect(row('locked').getByRole('button', { name: /^Enter password/ })).toBeVisible();
    // None of them would be read by another try.
    await expect(page.getByRole('button', { name: /^Retry/ })).toHaveCount(0);
  });

  test('the same file twice is one document', async ({ page }) => {
    await page.goto('/documents');
    await chooseFixtures(page, 'notes.txt');
    await expect(documentRows(page).filter({ hasText: 'Ready' })).toHaveCount(1, { timeout: 30_000 });
    await chooseFixtures(page, 'notes.txt');
    await expect(page.getByRole('list', { name: 'Uploads' })).toContainText('Already here');
    await expect(documentRows(page)).toHaveCount(1);
  });
});
