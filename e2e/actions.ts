import { expect, type Locator, type Page } from '@playwright/test';
import { listFixtureFiles } from '@twin/testing/fixtures/fixture-files';

/** What people do on every screen, in their words. */

/** Uploads the named fixture files through the file chooser. */
export async function chooseFixtures(page: Page, ...names: string[]): Promise<void> {
  const fixtures = listFixtureFiles().filter(({ fileName }) => names.includes(fileName));
  expect(fixtures.map(({ fileName }) => fileName).toSorted()).toEqual(names.toSorted());
  await chooseFiles(
    page,
    fixtures.map(({ fileName, bytes }) => ({ name: fileName, mimeType: '', buffer: Buffer.from(bytes) })),
  );
}

export async function chooseFiles(
  page: Page,
  files: string[] | { name: string; mimeType: string; buffer: Buffer }[],
): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose files' }).click();
  await (await chooser).setFiles(files);
}

/** A page behind another draws once a second, and every click waits until it has drawn twice. */
export async function bringToFront(page: Page): Promise<void> {
  await page.bringToFront();
}

export function documentRows(page: Page): Locator {
  return page.getByRole('list', { name: 'Documents' }).getByRole('listitem');
}

/** The row of one document, by its name alone: what a row says may name others. */
export function documentRow(page: Page, name: string): Locator {
  return page.getByRole('list', { name: 'Documents' }).getByRole('listitem', { name, exact: true });
}

/** Opens a document from the list, and waits for its page: a row has the same menu as the page, and goes with the list. */
export async function openDocument(page: Page, title: string): Promise<void> {
  await documentRow(page, title).getByRole('link', { name: title, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: title, exact: true })).toBeVisible();
}

/**
 * Waits until as many documents have arrived as were sent and can be asked, and the page says so: nothing above their rows
 * is about to come or go, and a press on one of them does not end beside it.
 */
export async function documentsAreReady(page: Page, count: number): Promise<void> {
  await expect(documentRows(page).filter({ hasText: 'Ready' })).toHaveCount(count, { timeout: 60_000 });
  await expect(page.getByRole('list', { name: 'Uploads' })).toHaveCount(0);
  await expect(page.getByText(new RegExp(`^${count} documents? ready, \\d+ passages?$`))).toBeVisible();
}

/** Loads the sample collection from an empty twin and waits until it answers. */
export async function loadSamples(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: 'Try a sample collection' }).click();
  await expect(sampleQuestions(page).first()).toBeEnabled({ timeout: 30_000 });
  await expect(page.getByText(/still being read/)).toHaveCount(0, { timeout: 60_000 });
}

export function sampleQuestions(page: Page): Locator {
  return page.getByRole('region', { name: 'Try one of these' }).getByRole('button');
}

export async function ask(page: Page, question: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Ask your twin' }).fill(question);
  await page.getByRole('button', { name: 'Send' }).click();
}

/** The latest question with its answer. */
export function latestTurn(page: Page): Locator {
  return page.getByRole('article').last();
}

/** Leaves a conversation for a new one: what is typed from here on is not typed into the one that is being left. */
export async function newChat(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'New chat' }).click();
  await expect(page.getByRole('article')).toHaveCount(0);
}

/**
 * Waits until the latest answer is over, whatever its end. A page says Send before its first question too, and for a moment
 * after it: the question has to be seen.
 */
export async function answerIsOver(page: Page): Promise<void> {
  await expect(latestTurn(page)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Send' })).toBeVisible({ timeout: 30_000 });
}

export function citations(turn: Locator): Locator {
  return turn.getByRole('button', { name: /^Citation \d+:/ });
}

export function sourcePassage(page: Page): Locator {
  return page.getByRole('complementary', { name: 'Source passage' });
}
