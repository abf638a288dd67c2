import { bringToFront, chooseFiles, documentRows, documentsAreReady } from './actions.ts';
import { expectNoViolations } from './expect-no-violations.ts';
import { expect, test } from './twin-test.ts';

test('a file over a slow line shows its bytes, then each stage, and leaving the page is asked about', async ({
  page,
}) => {
  await page.goto('/documents');
  const network = await page.context().newCDPSession(page);
  const line = { offline: false, latency: 0, downloadThroughput: -1 };
  await network.send('Network.enable');
  await network.send('Network.emulateNetworkConditions', { ...line, uploadThroughput: 200_000 });
  const lines = Array.from({ length: 40_000 }, (_, n) => `Kettle number ${n} whistles at noon.`);
  await chooseFiles(page, [{ name: 'kettles.txt', mimeType: '', buffer: Buffer.from(lines.join('\n\n')) }]);

  const upload = page.getByRole('list', { name: 'Uploads' }).getByRole('listitem');
  await expect(upload).toContainText(/Uploading · [\d.]+ (kB|MB) of 1\.\d MB/);
  await expect(upload.getByRole('progressbar')).toBeVisible();
  const asked = page.waitForEvent('dialog');
  // Without a click the browser would not ask: it has to know that somebody is there.
  const leaving = page.evaluate(() => location.reload());
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();
  await leaving.catch(() => undefined);

  await network.send('Network.emulateNetworkConditions', { ...line, uploadThroughput: -1 });
  const row = documentRows(page);
  await expect(row).toContainText(
    /Stored, waiting to be read|Reading|Cutting into passages|Embedding|Making searchable/,
    {
      timeout: 60_000,
    },
  );
  await expect(row.getByRole('progressbar')).toBeVisible();
  await expect(row).toContainText('Ready', { timeout: 120_000 });
});

test('files that a reload cuts off are named until they are chosen again', async ({ page }) => {
  await page.goto('/documents');
  const network = await page.context().newCDPSession(page);
  const line = { offline: false, latency: 0, downloadThroughput: -1 };
  await network.send('Network.enable');
  await network.send('Network.emulateNetworkConditions', { ...line, uploadThroughput: 20_000 });
  const file = (name: string) => ({
    name,
    mimeType: '',
    buffer: Buffer.from(`${name}. ${'The kettle whistles at noon. '.repeat(8_000)}`),
  });
  const names = ['one.txt', 'two.txt', 'three.txt'];
  await chooseFiles(page, names.map(file));
  await expect(page.getByRole('list', { name: 'Uploads' }).getByRole('listitem')).toHaveCount(3);

  page.once('dialog', (dialog) => void dialog.accept());
  await page.reload();
  const notice = page.getByText('3 files were not sent when this page was left.');
  for (const name of names) await expect(notice).toContainText(name);
  await expectNoViolations(page, 'files that were not sent');

  await network.send('Network.emulateNetworkConditions', { ...line, uploadThroughput: -1 });
  await chooseFiles(page, ['two.txt', 'three.txt'].map(file));
  await documentsAreReady(page, 2);
  // What is here is told of as a document alone, also after another reload.
  await page.reload();
  await expect(page.getByText('1 file was not sent when this page was left.')).toContainText('one.txt');
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await page.reload();
  await expect(documentRows(page)).toHaveCount(2);
  await expect(page.getByText('not sent when this page was left')).toHaveCount(0);
});

test('of many files the next few are listed; the others are counted, also elsewhere, and can be called off', async ({
  page,
}) => {
  await page.goto('/documents');
  const network = await page.context().newCDPSession(page);
  await network.send('Network.enable');
  const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 20_000 };
  await network.send('Network.emulateNetworkConditions', slow);
  const text = 'The kettle whistles at noon. '.repeat(8_000);
  const files = Array.from({ length: 12 }, (_, n) => ({
    name: `kettle-${n}.txt`,
    mimeType: '',
    buffer: Buffer.from(`${n} ${text}`),
  }));
  await chooseFiles(page, files);

  const uploads = page.getByRole('list', { name: 'Uploads' }).getByRole('listitem');
  await expect(uploads).toHaveCount(6);
  await expect(uploads.last()).toContainText('7 more wait for their turn');
  await expect(page.getByRole('link', { name: /^Documents/ })).toContainText('12 being sent');
  await page.getByRole('button', { name: 'Cancel these' }).click();
  await expect(uploads).toHaveCount(5);
  await page.getByRole('link', { name: 'New chat' }).click();
  await expect(page.getByRole('link', { name: /^Documents/ })).toContainText('5 being sent');
  await network.send('Network.emulateNetworkConditions', { ...slow, uploadThroughput: -1 });
  await expect(page.getByRole('link', { name: /^Documents/ })).not.toContainText('being sent', { timeout: 60_000 });
});

test('a document that is deleted in one tab leaves the other, and comes back with Undo', async ({ page, context }) => {
  await page.goto('/documents');
  await chooseFiles(page, [{ name: 'note.txt', mimeType: '', buffer: Buffer.from('The kettle is blue.') }]);
  await documentsAreReady(page, 1);
  const second = await context.newPage();
  await second.goto('/documents');
  await expect(documentRows(second)).toHaveCount(1);
  await bringToFront(page);

  // Nothing moves when a menu opens, and what tells of the deletion leaves the page's buttons free.
  const choose = page.getByRole('button', { name: 'Choose files' });
  const place = await choose.boundingBox();
  await page.getByRole('button', { name: 'Add other' }).click();
  await expect(page.getByRole('menuitem').first()).toBeVisible();
  expect(await choose.boundingBox()).toEqual(place);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Actions for/ }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  const notice = page.getByRole('dialog').filter({ hasText: '“note” deleted' });
  await expect(notice).toBeVisible();
  await choose.click({ trial: true });
  await expect(notice).toBeVisible();
  await expect(documentRows(second)).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(documentRows(second)).toHaveCount(1);
});
