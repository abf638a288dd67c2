import { bringToFront, chooseFiles, documentRow, documentRows, documentsAreReady, openDocument } from './actions.ts';
import { expect, test } from './twin-test.ts';

test.beforeEach(async ({ page }) => {
  await page.goto('/documents');
  const names = ['one', 'two', 'three', 'four', 'five'];
  await chooseFiles(
    page,
    names.map((name) => ({ name: `${name}.txt`, mimeType: '', buffer: Buffer.from(`Kettle ${name} whistles.`) })),
  );
  await documentsAreReady(page, 5);
});

test('with Shift, all documents between two are chosen, and no text is marked', async ({ page }) => {
  const box = (at: number) => documentRows(page).nth(at).getByRole('checkbox');
  await box(1).click();
  await box(3).click({ modifiers: ['Shift'] });
  await expect(page.getByText('3 chosen')).toBeVisible();
  expect(await page.evaluate(() => getSelection()?.toString())).toBe('');
  await expect(box(0)).not.toBeChecked();
  await expect(box(2)).toBeChecked();
});

test('a document is renamed in its row and on its page, and another page that is open says so', async ({
  page,
  context,
}) => {
  const rename = async (from: string, to: string) => {
    await page.getByRole('button', { name: `Actions for ${from}` }).click();
    await page.getByRole('menuitem', { name: 'Rename' }).click();
    const dialog = page.getByRole('dialog', { name: 'Rename document' });
    await dialog.getByLabel('Title').fill(to);
    await dialog.getByRole('button', { name: 'Rename' }).click();
    await expect(dialog).toHaveCount(0);
  };
  const otherPage = await context.newPage();
  await otherPage.goto('/documents');
  await expect(documentRow(otherPage, 'three')).toBeVisible();
  await bringToFront(page);
  await rename('three', 'The third kettle');
  // Its passages were embedded and indexed with the name before: the way to have them found by the new one is offered.
  await page.getByRole('button', { name: 'Read again' }).click();
  await expect(page.getByText('Reading 1 document again').first()).toBeVisible();
  await expect(documentRow(page, 'The third kettle')).toContainText('Ready', { timeout: 30_000 });
  await openDocument(page, 'The third kettle');
  await expect(documentRow(otherPage, 'The third kettle')).toBeVisible();
  await rename('The third kettle', 'Kettle III');
  await expect(page.getByRole('heading', { level: 1, name: 'Kettle III' })).toBeVisible();
});

test('a file takes the place of a document as its newer version', async ({ page }) => {
  await openDocument(page, 'two');
  await page.getByRole('button', { name: 'Actions for two' }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('menuitem', { name: 'Replace with a new version' }).click();
  const file = { name: 'two, mended.txt', mimeType: '', buffer: Buffer.from('Kettle two hums now.') };
  await (await chooser).setFiles(file);
  await expect(documentRow(page, 'two')).toContainText('two, mended.txt');
  await expect(documentRow(page, 'two')).toContainText('Ready', { timeout: 30_000 });
  await expect(documentRows(page)).toHaveCount(5);
  await openDocument(page, 'two');
  await expect(page.getByText('Kettle two hums now.')).toBeVisible();
  await expect(page.getByText('Kettle two whistles.')).toHaveCount(0);
});

test('whoever comes back to a long list finds the place that was left', async ({ page }) => {
  const documents = Array.from({ length: 20 }, (_, at) => ({
    id: `n${at}`,
    title: `Note ${at}`,
    content: `Note ${at}.`,
  }));
  // Whether they are read by then is another matter.
  expect((await page.request.post('/api/ingest', { data: { documents } })).ok()).toBe(true);
  await page.reload();
  const link = documentRow(page, 'Note 9').getByRole('link');
  await link.scrollIntoViewIfNeeded();
  const placeOf = () => page.locator('main').evaluate((main) => Math.round(main.scrollTop));
  const left = await placeOf();
  expect(left).toBeGreaterThan(100);
  await link.click();
  await expect(page.getByRole('heading', { level: 1, name: 'Note 9' })).toBeVisible();
  await expect.poll(placeOf).toBe(0);
  await page.goBack();
  await expect(link).toBeInViewport();
  await expect.poll(async () => Math.abs((await placeOf()) - left)).toBeLessThan(20);
});

test('a deletion can be undone after a reload too, while its time lasts', async ({ page }) => {
  await documentRows(page).first().getByRole('checkbox').click();
  await page.getByRole('toolbar', { name: 'Chosen documents' }).getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
  await page.reload();
  await expect(documentRows(page)).toHaveCount(4);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(documentRows(page)).toHaveCount(5);

  // What was taken back is not offered again.
  await page.reload();
  await expect(documentRows(page)).toHaveCount(5);
  await expect(page.getByRole('button', { name: 'Undo' })).toHaveCount(0);
});

test('several deletions leave the buttons of the page free, and each of the last three can be taken back', async ({
  page,
}) => {
  const titles: string[] = [];
  for (let left = 5; left > 1; left--) {
    const row = documentRows(page).first();
    titles.push(await row.getByRole('link').first().innerText());
    await row.getByRole('button', { name: /^Actions for/ }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await expect(documentRows(page)).toHaveCount(left - 1);
    await expect(page.getByText(`“${titles.at(-1)}” deleted`)).toBeVisible();
  }
  for (const name of ['Choose files', 'Add other']) await page.getByRole('button', { name }).click({ trial: true });
  await expect(page.getByText(`“${titles[3]}” deleted`)).toBeVisible();
  await expect(page.getByText(`“${titles[0]}” deleted`)).toBeHidden();

  await page.getByText(`“${titles[3]}” deleted`).hover();
  const oldest = page.getByRole('dialog').filter({ hasText: `“${titles[1]}” deleted` });
  await oldest.getByRole('button', { name: 'Undo' }).click();
  await expect(documentRow(page, titles[1] ?? '')).toBeVisible();
});

test('once nothing is chosen any more, or all was, Shift chooses one alone', async ({ page }) => {
  const box = (at: number) => documentRows(page).nth(at).getByRole('checkbox');
  await box(1).click();
  await page.getByRole('button', { name: 'Choose none' }).click();
  await box(3).click({ modifiers: ['Shift'] });
  await expect(page.getByText('1 chosen')).toBeVisible();

  const all = page.getByRole('checkbox', { name: 'Choose all documents shown' });
  await all.click();
  await all.click();
  await box(0).click({ modifiers: ['Shift'] });
  await expect(page.getByText('1 chosen')).toBeVisible();
});

test.describe('a deletion that could not be undone', () => {
  test.use({ expectedConsole: [/net::ERR_/] });

  test('can be undone after a reload still', async ({ page }) => {
    await documentRows(page).first().getByRole('checkbox').click();
    await page.getByRole('toolbar', { name: 'Chosen documents' }).getByRole('button', { name: 'Delete' }).click();
    await page.route('**/documents.restore**', (route) => route.abort('connectionreset'), { times: 1 });
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByText('It could not be undone').first()).toBeVisible();
    await page.reload();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(documentRows(page)).toHaveCount(5);
  });
});

test('a file that is pasted is added, also with its name beside it; a picture beside pasted words is not', async ({
  page,
}) => {
  const paste = (file: string, words: Record<string, string>) =>
    page.evaluate(
      ([name, kinds]) => {
        const clipboardData = new DataTransfer();
        clipboardData.items.add(new File([`A kettle called ${name} whistles.`], name, { type: 'text/plain' }));
        for (const [kind, text] of Object.entries(kinds)) clipboardData.setData(kind, text);
        document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
      },
      [file, words] as const,
    );
  await page.goto('/');
  // Before its program has come, a page takes nothing.
  await expect(page.getByText('Answers come from your 5 documents')).toBeVisible();
  await paste('picture.txt', { 'text/plain': 'words of a table', 'text/html': '<b>words of a table</b>' });
  await paste('drawing.txt', { 'text/plain': 'words of a letter', 'text/rtf': '{\\rtf1 words of a letter}' });
  // Nothing tells that something was left alone: files are added in their order, and the page of the first would open.
  await page.waitForTimeout(500);
  await expect(page).toHaveURL(/\/$/);
  await paste('six.txt', { 'text/plain': 'six.txt' });
  await expect(page).toHaveURL(/\/documents$/);
  await expect(documentRows(page).filter({ hasText: 'six' })).toContainText('Ready', { timeout: 30_000 });
  await paste('seven.txt', {});
  await expect(documentRows(page).filter({ hasText: 'seven' })).toContainText('Ready', { timeout: 30_000 });
  await page.reload();
  await expect(documentRows(page)).toHaveCount(7);
});
