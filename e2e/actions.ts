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

export function documentRows(page: Page): Locator {
  return page.getByRole('list', { name: 'Documents' }).getByRole('listitem');
}

/** The row of one document, by its name alone: what a row says may name others. */
export function documentRow(page: Page, name: string): Locator {
  return page.getByRole('list', { name: 'Documents' }).getByRole('listitem', { name, exact: true });
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

/** Waits until the latest answer is over, whatever its end. */
export async function answerIsOver(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: 'Send' })).toBeVisible({ timeout: 30_000 });
}

export function citations(turn: Locator): Locator {
  return turn.getByRole('button', { name: /^Citation \d+:/ });
}

export function sourcePassage(page: Page): Locator {
  return page.getByRole('complementary', { name: 'Source passage' });
}
