import type { Locator, Page } from '@playwright/test';
import type { FakeModelServer } from '@twin/testing/fake-model-server';
import { makePdf } from '@twin/testing/fixtures/pdf';
import { makeScannedPdf } from '@twin/testing/fixtures/scanned-pdf';
import {
  answerIsOver,
  ask,
  chooseFiles,
  citations,
  documentRows,
  documentsAreReady,
  latestTurn,
  openDocument,
  sourcePassage,
} from './actions.ts';
import { expectNoViolations } from './expect-no-violations.ts';
import { expect, test } from './twin-test.ts';

test.use({ withModel: true });

/** The sentence that is cited, between two others on its line. */
const quote = 'It returned after 212 days with one sail and no rudder.';
/** Where its mark stands, by the widths that Helvetica has in its metrics, at 11 points, with a point around the letters. */
const expected = { x: 60 + 79.5 - 1, y: 102 - 8.8 - 1, width: 261.1 + 2, height: 11 + 2 };
const log = makePdf(
  [
    [{ heading: 'The voyage' }, 'The Meridian left Port Selwyn on 4 May 1874 with a crew of eighteen.'],
    [{ heading: 'The return' }, `It sailed in May. ${quote} It was scrapped.`],
    [{ heading: 'The inquiry' }, 'The inquiry found that the rudder had been made of elm.'],
  ],
  { title: 'Log of the Meridian' },
);

async function addFile(page: Page, name: string, bytes: Uint8Array): Promise<void> {
  await page.goto('/documents');
  await chooseFiles(page, [{ name, mimeType: '', buffer: Buffer.from(bytes) }]);
}

/** Asks what is answered with a quote, and opens its citation. */
async function openCitation(
  page: Page,
  model: FakeModelServer,
  words: string,
  question = 'How did the Meridian return?',
): Promise<Locator> {
  model.enqueue({ kind: 'answer', text: `The documents say so [1: "${words}"].` });
  await page.goto('/');
  await ask(page, question);
  await answerIsOver(page);
  await citations(latestTurn(page)).first().click();
  const panel = sourcePassage(page);
  await expect(panel.locator('mark').first()).toBeInViewport();
  return panel;
}

/** Where the mark stands on its page, in points. */
async function markOf(panel: Locator) {
  const picture = await panel.getByRole('img', { name: /^Page \d/ }).boundingBox();
  const mark = await panel.locator('.page-mark').boundingBox();
  if (picture === null || mark === null) throw new Error('There is no mark');
  const scale = picture.width / 595;
  const [x, y] = [(mark.x - picture.x) / scale, (mark.y - picture.y) / scale];
  return { x, y, width: mark.width / scale, height: mark.height / scale };
}

/** Dark pixels of the picture as it was drawn: under the mark, and along its ends, which lie between words. */
async function inkOf(panel: Locator) {
  return await panel.getByRole('img', { name: /^Page \d/ }).evaluate(async (image: HTMLImageElement) => {
    await image.decode();
    const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    const mark = document.querySelector('.page-mark')?.getBoundingClientRect();
    if (context === null || mark === undefined) throw new Error('There is no mark');
    context.drawImage(image, 0, 0);
    const shown = image.getBoundingClientRect();
    const scale = image.naturalWidth / shown.width;
    const dark = (left: number, right: number) => {
      const [x, y] = [(left - shown.left) * scale, (mark.top - shown.top) * scale];
      const { data } = context.getImageData(x, y, Math.ceil((right - left) * scale), mark.height * scale);
      return data.filter((value, at) => at % 4 === 0 && value < 100).length;
    };
    const half = 0.5 / scale;
    return {
      inside: dark(mark.left, mark.right),
      atEnds: dark(mark.left - half, mark.left + half) + dark(mark.right - half, mark.right + half),
    };
  });
}

for (const { name, viewport, ...device } of [
  { name: 'a wide window', viewport: { width: 1440, height: 900 } },
  { name: 'a phone', viewport: { width: 390, height: 780 } },
  { name: 'a small phone', viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true },
]) {
  test.describe(name, () => {
    test.use({ viewport, ...device });

    test('a citation in a PDF is seen on its page, with the words marked; pages are leafed through, and the text comes back', async ({
      page,
      model,
    }) => {
      await addFile(page, 'voyage.pdf', log);
      await documentsAreReady(page, 1);
      const panel = await openCitation(page, model, 'one sail and no rudder');
      await panel.getByRole('tab', { name: 'Page' }).click();
      const named = `Page 2 of Log of the Meridian. Marked on it: ${quote}`;
      await expect(panel.getByRole('img', { name: named })).toBeVisible();
      await expect(panel.getByText('Page 2 of 3')).toBeVisible();
      await expect(panel.locator('.page-mark')).toBeInViewport();
      const mark = await markOf(panel);
      for (const side of ['x', 'y', 'width', 'height'] as const) {
        expect([side, Math.abs(mark[side] - expected[side]) < 2.5]).toEqual([side, true]);
      }
      const ink = await inkOf(panel);
      expect(ink.inside).toBeGreaterThan(1_000);
      expect(ink.atEnds).toBe(0);
      await expectNoViolations(page, `a page at ${viewport.width} px`);
      await expectNoSidewaysScroll(page);

      await panel.getByRole('button', { name: 'Next page' }).click();
      await expect(panel.getByRole('img', { name: 'Page 3 of Log of the Meridian.' })).toBeVisible();
      await expect(panel.getByText('Page 3 of 3')).toBeVisible();
      await expect(panel.locator('.page-mark')).toHaveCount(0);
      await expect(panel.getByRole('button', { name: 'Next page' })).toHaveAttribute('aria-disabled', 'true');
      await panel.getByRole('button', { name: 'Back to page 2' }).click();
      await expect(panel.locator('.page-mark')).toBeInViewport();
      for (const wider of [1.5, 2, 3]) {
        await panel.getByRole('button', { name: 'Larger' }).click();
        await expect(panel.locator('.page-mark')).toBeInViewport();
        await expectMarkInReach(panel, wider);
      }
      await expectNoSidewaysScroll(page);
      await panel.getByRole('button', { name: 'Fit width' }).click();

      await panel.getByRole('tab', { name: 'Text' }).click();
      await expect(panel.locator('mark').first()).toHaveText(quote);
      await expect(panel.locator('mark').first()).toBeInViewport();
    });
  });
}

/** Nothing but the frame of the page scrolls sideways. */
async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const overhang = await page.evaluate(() => {
    const scrollers = [document.documentElement, ...document.querySelectorAll('aside, aside [role="group"]')];
    const others = scrollers.filter((element) => element.getAttribute('aria-label') !== 'Page');
    return Math.max(...others.map((element) => element.scrollWidth - element.clientWidth));
  });
  expect(overhang).toBeLessThanOrEqual(0);
}

test('a passage of a document is seen on its page, by the keyboard alone', async ({ page }) => {
  await addFile(page, 'voyage.pdf', log);
  await documentsAreReady(page, 1);
  await openDocument(page, 'Log of the Meridian');
  await page.getByRole('button', { name: 'Show passages' }).click();
  const opener = page.getByRole('button', { name: /^Passage \d on its page$/ }).last();
  await opener.focus();
  await page.keyboard.press('Enter');
  const sheet = page.getByRole('dialog', { name: 'Page' });
  await expect(sheet.getByText('Page 1 of 3')).toBeVisible();
  await expect(sheet.locator('.page-mark').first()).toBeInViewport();
  await expectNoViolations(page, 'the page of a passage');
  const next = sheet.getByRole('button', { name: 'Next page' });
  await next.focus();
  for (let press = 0; press < 3; press += 1) await page.keyboard.press('Enter');
  await expect(sheet.getByText('Page 3 of 3')).toBeVisible();
  // The passage goes on there. Next does nothing any more, and keeps the keyboard's place.
  await expect(sheet.locator('.page-mark').first()).toBeInViewport();
  await expect(next).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
  await expect(opener).toBeFocused();
});

test('the words of a scan are marked by their paragraph, which is said', async ({ page, model }) => {
  const lines = ['The lighthouse keeper was Ada Quill.', 'She kept the lamp for forty years.'];
  await addFile(page, 'keeper.pdf', makeScannedPdf([{ lines }]));
  await documentsAreReady(page, 1);
  const panel = await openCitation(page, model, 'She kept the lamp for forty years.', 'Who kept the lamp?');
  await panel.getByRole('tab', { name: 'Page' }).click();
  await expect(panel.locator('.page-mark-around')).toBeVisible();
  await expect(panel.getByText('The marked paragraph holds the words.')).toBeVisible();
  await expect(panel.getByText('Page 1 of 1')).toBeVisible();
});

test.describe('what cannot be shown', () => {
  test.use({ expectedConsole: [/Failed to load resource/] });

  test('a picture that does not arrive is asked for again', async ({ page, model }) => {
    await addFile(page, 'voyage.pdf', log);
    await documentsAreReady(page, 1);
    const panel = await openCitation(page, model, 'one sail and no rudder');
    await page.route('**/pages/2?*', (route) => route.abort());
    await panel.getByRole('tab', { name: 'Page' }).click();
    await expect(panel.getByText('The picture of this page did not arrive.')).toBeVisible();
    await page.unroute('**/pages/2?*');
    await panel.getByRole('button', { name: 'Retry' }).click();
    await expect(panel.locator('.page-mark')).toBeVisible();
  });

  test('a file that was opened with a password keeps to its text, and says why', async ({ page, model }) => {
    await addFile(page, 'will.pdf', makePdf([['The grandfather clock goes to Ines.']], { password: 'open sesame' }));
    await documentRows(page).getByRole('button', { name: 'Enter password for will' }).click({ timeout: 30_000 });
    await page.getByLabel('Password of the file').fill('open sesame');
    await page.keyboard.press('Enter');
    await documentsAreReady(page, 1);
    const panel = await openCitation(
      page,
      model,
      'The grandfather clock goes to Ines.',
      'Who gets the grandfather clock?',
    );
    await panel.getByRole('tab', { name: 'Page' }).click();
    await expect(panel.getByRole('status').getByText(/is locked with a password, which is kept nowhere/)).toBeVisible();
    await expect(panel.locator('mark').first()).toBeInViewport();
    await expect(panel.getByRole('tab')).toHaveCount(0);
  });
});

test.describe('in the dark, without moving pictures', () => {
  test.use({ colorScheme: 'dark', contextOptions: { reducedMotion: 'reduce' } });

  test('a page is white as paper, and its marks are those of a marker', async ({ page, model }) => {
    await addFile(page, 'voyage.pdf', log);
    await documentsAreReady(page, 1);
    const panel = await openCitation(page, model, 'one sail and no rudder');
    await panel.getByRole('tab', { name: 'Page' }).click();
    await expect(panel.locator('.page-mark')).toBeVisible();
    await expect(panel.locator('[data-sheet]')).toHaveCSS('background-color', 'rgb(255, 255, 255)');
    await expect(panel.locator('.page-mark')).toHaveCSS('fill', 'rgb(255, 224, 102)');
    await expectNoViolations(page, 'a page in the dark');
  });
});

/** The beginning of the mark is in the frame, a third down, and as much of it as there is room for. */
async function expectMarkInReach(panel: Locator, zoom: number): Promise<void> {
  const frame = await panel.getByRole('group', { name: 'Page', exact: true }).boundingBox();
  const mark = await panel.locator('.page-mark').boundingBox();
  if (frame === null || mark === null) throw new Error('There is no mark');
  const left = mark.x - frame.x;
  const hasRoom = mark.width < frame.width - 40;
  const isMiddle = Math.abs(left + mark.width / 2 - frame.width / 2) < 8;
  expect([zoom, hasRoom ? isMiddle : Math.abs(left - 16) < 8]).toEqual([zoom, true]);
  expect(mark.y).toBeGreaterThan(frame.y);
  expect(mark.y + mark.height).toBeLessThan(frame.y + frame.height);
}
