import { chooseFiles, documentRows } from './actions.ts';
import { expect, test } from './twin-test.ts';

test.beforeEach(async ({ page }) => {
  await page.goto('/documents');
  const names = ['one', 'two', 'three', 'four', 'five'];
  await chooseFiles(
    page,
    names.map((name) => ({ name: `${name}.txt`, mimeType: '', buffer: Buffer.from(`Kettle ${name} whistles.`) })),
  );
  await expect(documentRows(page).filter({ hasText: 'Ready' })).toHaveCount(5, { timeout: 60_000 });
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

test('a file that is pasted is added; a picture beside pasted words is not', async ({ page }) => {
  const paste = (text: string | null) =>
    page.evaluate((words) => {
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File(['A sixth kettle whistles.'], 'six.txt', { type: 'text/plain' }));
      if (words !== null) clipboardData.setData('text/plain', words);
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, text);
  await page.goto('/');
  await paste('words of a table');
  await expect(page).toHaveURL(/\/$/);
  await paste(null);
  await expect(page).toHaveURL(/\/documents$/);
  await expect(documentRows(page).filter({ hasText: 'six' })).toContainText('Ready', { timeout: 30_000 });
});
