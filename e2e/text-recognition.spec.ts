import type { Page } from '@playwright/test';
import { makeScannedPdf, type ScannedPage } from '@twin/testing/fixtures/scanned-pdf';
import { chooseFiles, documentRow, documentsAreReady, openDocument } from './actions.ts';
import { expect, test } from './twin-test.ts';

/** Enough of them that their reading outlasts a reload, however fast the machine is. */
const pageCount = 12;

function choosePdf(page: Page, title: string, pages: readonly ScannedPage[]) {
  const buffer = Buffer.from(makeScannedPdf(pages));
  return chooseFiles(page, [{ name: `${title}.pdf`, mimeType: 'application/pdf', buffer }]);
}

function scannedPage(number: number): ScannedPage {
  const lines = Array.from(
    { length: 12 },
    (_, line) => `Keeper ${number} lit lamp ${line + 1} at dusk and counted ships`,
  );
  return { lines };
}

test('a scan shows how much of it is recognised, also after a reload, and can be canceled and tried again', async ({
  page,
}) => {
  test.slow();
  await page.goto('/documents');
  await choosePdf(
    page,
    'logbook',
    Array.from({ length: pageCount }, (_, index) => scannedPage(index + 1)),
  );
  const row = documentRow(page, 'logbook');
  const underWay = new RegExp(`Text recognition \\(OCR\\) (\\d+) of ${pageCount}`);
  await expect(row).toContainText(underWay, { timeout: 60_000 });
  await expect(row.getByRole('progressbar', { name: underWay })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Documents' })).toHaveText('Documents1 of 1 being read');
  const recognised = async () => Number(underWay.exec(await row.innerText())?.[1]);
  const beforeReload = await recognised();
  await page.reload();
  await expect(row).toContainText(underWay);
  expect(await recognised()).toBeGreaterThanOrEqual(beforeReload);

  await row.getByRole('button', { name: 'Cancel reading logbook' }).click();
  await expect(row).toContainText('Canceled');
  await expect(row.getByRole('button', { name: 'Cancel reading logbook' })).toHaveCount(0);
  // It is over on the server too, not on this page alone.
  await page.reload();
  await expect(row).toContainText('Canceled');
  await expect(page.locator('h1 + p')).toContainText('1 canceled');
  await expect(page.getByRole('link', { name: 'Documents' })).toHaveText('Documents1');
  await row.getByRole('button', { name: 'Retry logbook' }).click();
  // From its first page on again: that may take longer than other documents.
  await expect(row).toContainText('Ready', { timeout: 300_000 });
  await documentsAreReady(page, 1);
});

test('a document says what of it was read, how, and what was not', async ({ page }) => {
  await page.goto('/documents');
  await choosePdf(page, 'harbour', [
    { text: 'The harbour was built in nine years.' },
    { lines: ['The lamp at the pier was lit in the autumn', 'by a keeper who came from the northern coast'] },
    { lines: [] },
  ]);
  await documentsAreReady(page, 1);
  await openDocument(page, 'harbour');

  const fact = (name: string) =>
    page.locator('dl > div').filter({ has: page.getByRole('term').filter({ hasText: new RegExp(`^${name}$`) }) });
  await expect(fact('Pages').getByRole('definition')).toHaveText('3');
  await expect(fact('Read by OCR').getByRole('definition')).toHaveText('1 page');
  await expect(fact('Without text').getByRole('definition')).toHaveText('1 page');
  await expect(fact('Passages').getByRole('definition')).toHaveText(/^[1-9]\d*$/);
  await expect(fact('Characters').getByRole('definition')).toHaveText(/^1\d\d$/);
  await expect(
    page.getByRole('listitem').filter({ hasText: 'Page 2 was read by text recognition (OCR), which may misread.' }),
  ).toBeVisible();
  await expect(
    page.getByRole('listitem').filter({ hasText: 'Page 3 was blank, or without legible text.' }),
  ).toBeVisible();
});
