import {
  answerIsOver,
  ask,
  chooseFiles,
  citations,
  documentRow,
  documentsAreReady,
  latestTurn,
  newChat,
  openDocument,
} from './actions.ts';
import { expect, test } from './twin-test.ts';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

const kettle = { name: 'kettle.txt', mimeType: '', buffer: Buffer.from('The copper kettle whistles at noon.') };

test.beforeEach(async ({ page }) => {
  await page.goto('/documents');
  await chooseFiles(page, [kettle]);
  await documentsAreReady(page, 1);
});

test('a passage that is switched off stays so after a reload, and answers no more until it is on again', async ({
  page,
}) => {
  await openDocument(page, 'kettle');
  await expect(page).toHaveURL(/\/documents\/[^/]+$/);
  const documentAddress = page.url();
  const passage = page.getByRole('list', { name: 'Passages' }).getByRole('listitem').first();
  const toggle = passage.getByLabel('Passage 1 may answer');
  // The page shows the change before the server has it.
  const press = async () => {
    const stored = page.waitForResponse((response) => response.url().includes('documents.switchChunk'));
    await toggle.click();
    expect((await stored).ok()).toBe(true);
  };
  const openPassages = async () => {
    await page.goto(documentAddress);
    await page.getByRole('button', { name: 'Show passages' }).click();
    await expect(passage).toBeVisible();
  };
  const askOfKettle = async () => {
    await page.goto('/');
    await ask(page, 'When does the copper kettle whistle?');
    await answerIsOver(page);
  };

  await page.getByRole('button', { name: 'Show passages' }).click();
  await expect(toggle).toBeChecked();
  await press();
  await openPassages();
  await expect(toggle).not.toBeChecked();
  await expect(page.getByText('1 passage of 1 switched off')).toBeVisible();
  await askOfKettle();
  await expect(citations(latestTurn(page))).toHaveCount(0);

  await openPassages();
  await press();
  await openPassages();
  await expect(toggle).toBeChecked();
  await askOfKettle();
  await expect(citations(latestTurn(page)).first()).toBeVisible();
});

test('an answer says of its sources that they were replaced since, and that they are gone', async ({ page }) => {
  await page.goto('/');
  await ask(page, 'When does the copper kettle whistle?');
  await answerIsOver(page);
  await expect(citations(latestTurn(page)).first()).toBeVisible();
  const conversation = page.url();
  await newChat(page);

  await page.goto('/documents');
  await page.getByRole('button', { name: 'Actions for kettle' }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('menuitem', { name: 'Replace with a new version' }).click();
  const newer = { ...kettle, name: 'newer kettle.txt', buffer: Buffer.from('The copper kettle hums at midnight.') };
  await (await chooser).setFiles(newer);
  await expect(documentRow(page, 'kettle')).toContainText('newer kettle.txt');
  await expect(documentRow(page, 'kettle')).toContainText('Ready', { timeout: 30_000 });
  await page.goto(conversation);
  await expect(latestTurn(page).getByText('replaced by a newer version since')).toBeVisible();
  await expect(latestTurn(page)).toContainText('The copper kettle whistles at noon.');

  await page.goto('/documents');
  await page.getByRole('button', { name: 'Actions for kettle' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(page.getByText('“kettle” deleted')).toBeVisible();
  await page.goto(conversation);
  await expect(latestTurn(page).getByText('no longer in the library')).toBeVisible();
  await expect(latestTurn(page)).toContainText('The copper kettle whistles at noon.');
});
