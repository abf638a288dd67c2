import { chooseFiles, documentRows, openDocument } from './actions.ts';
import { expectNoViolations } from './expect-no-violations.ts';
import { expect, test } from './twin-test.ts';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

test('a table longer than is loaded at once is read on in stretches', async ({ page }) => {
  test.setTimeout(180_000);
  const rows = Array.from(
    { length: 14_000 },
    (_, row) => `Station ${row % 97},${row % 61},calm and cold as on most days`,
  );
  const table = `Station,Rain,Remark\n${rows.join('\n')}\n`;
  await page.goto('/documents');
  await chooseFiles(page, [{ name: 'weather.csv', mimeType: 'text/csv', buffer: Buffer.from(table) }]);
  const row = documentRows(page).filter({ hasText: 'weather' });
  await expect(row).toContainText(/passages/, { timeout: 150_000 });

  await openDocument(page, 'weather');
  const stretches = page.getByRole('navigation', { name: 'Stretches of the text' });
  await expect(stretches).toContainText(/Characters 1 to \d{3},\d{3} of \d{3},\d{3}/);
  await expect(stretches.getByRole('button', { name: 'Back' })).toHaveCount(0);
  await expectNoViolations(page, 'a stretch of a long text');
  await stretches.getByRole('button', { name: 'Next characters' }).click();
  await expect(stretches).not.toContainText('Characters 1 to');
  await page.getByRole('button', { name: 'Show passages' }).click();
  const passages = page.getByRole('list', { name: 'Passages' }).getByRole('listitem');
  await expect(passages.first()).toContainText(/\d\d % in/);
  await stretches.getByRole('button', { name: 'Back' }).click();
  await expect(passages.first()).toContainText('0 % in');
});
