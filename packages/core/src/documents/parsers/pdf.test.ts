import { makePdf } from '@twin/testing/fixtures/pdf';
import { expect, test, vi } from 'vitest';
import { outlineOf, readBytes, readFixture, refusalOf } from '../../testing/read-fixture.ts';
import { chunkDocument } from '../chunk-document.ts';
import { parseDocument } from '../parse-document.ts';
import { readLimits } from '../read-limits.ts';
import { measureLegibility } from '../recognition/legibility.ts';
import type { PictureReader } from '../recognition/picture-reader.ts';
import { openPdf } from './open-pdf.ts';
import { readPdfPages } from './pdf-pages.ts';
import { recognisePages } from './pdf-recognition.ts';

/** Page 1 with what is given in place of its annotations. */
function withAnnotations(annotations: string, ...pages: string[][]) {
  const page =
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents 11 0 R';
  return makePdf(pages, { objects: new Map([[10, `${page} /Annots [${annotations}] >>`]]) });
}

test('what is filled in or noted on a page is read there, and is cited with its page', async () => {
  const field = '<< /Type /Annot /Subtype /Widget /FT /Tx /T (Name) /V (Ada Quill) /Rect [60 700 200 720] >>';
  const note = '<< /Type /Annot /Subtype /FreeText /Contents (Ask her again in May.) /Rect [60 600 200 620] >>';
  const parsed = await readBytes('form.pdf', withAnnotations(`${field} ${note}`, ['Page one.'], ['Page two.']));
  expect(outlineOf(parsed)).toEqual([
    'paragraph: Page one.',
    'paragraph: Note: Ask her again in May.',
    'paragraph: Name: Ada Quill',
    'paragraph: Page two.',
  ]);
  expect(parsed.blocks.map(({ page }) => page)).toEqual([1, 1, 1, 2]);
  expect([...chunkDocument(parsed)].map(({ pageFrom, pageTo }) => [pageFrom, pageTo])).toEqual([[1, 2]]);
});

test('a damaged page is told of, and the others are read', async () => {
  const objects = new Map([[12, '<< /Type /Pages /Count 1 /Kids [5] >>']]);
  const parsed = await readBytes('damaged.pdf', makePdf([['Page one.'], ['Page two.'], ['Page three.']], { objects }));
  expect(parsed.canonicalText).toBe('Page one.\n\nPage three.');
  expect(parsed.blocks.map(({ page }) => page)).toEqual([1, 3]);
  expect(parsed.warnings).toEqual(['Page 2 was damaged and not read.']);
});

test('a page whose notes and fields cannot be read keeps its text', async () => {
  const input = { bytes: makePdf([['Page one.'], ['Page two.']]), fileName: 'notes.pdf' };
  const pdf = await openPdf(input);
  vi.spyOn(await pdf.getPage(1), 'getAnnotations').mockRejectedValue(new Error('damaged'));
  const { lines, damaged, withoutAnnotations } = await readPdfPages(pdf, input as never);
  expect(lines.map(({ text }) => text)).toEqual(['Page one.', 'Page two.']);
  expect({ damaged, withoutAnnotations }).toEqual({ damaged: [], withoutAnnotations: [1] });
  await pdf.loadingTask.destroy();
});

test('a page that cannot be drawn for recognition is told of', async () => {
  const coverage = { recognised: 0, unrecognised: 0, textless: 0 };
  const pictures: PictureReader = {
    isAsked: true,
    offered: 0,
    coverage,
    expect: () => undefined,
    async read(draw) {
      await draw();
      return 'illegible';
    },
    readExtra: () => Promise.resolve('illegible'),
    close: () => undefined,
  };
  const pdf = { getPage: () => Promise.reject(new Error('no such picture')) };
  const wanted = [{ page: 4, layer: 'none' as const, isScan: true, legibility: measureLegibility('') }];
  const input = { pictures };
  const recognised = await recognisePages(pdf as never, wanted, input as never);
  expect(recognised.warnings).toEqual(['Page 4 was a picture too damaged to be recognised.']);
});

test('a form that only Adobe Reader shows is refused, and not read as a page that asks to wait', async () => {
  const catalog = '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [] /XFA 20 0 R >> >>';
  const xfa = '<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"/>';
  const objects = new Map([
    [1, catalog],
    [20, `<< /Length ${xfa.length} >>\nstream\n${xfa}\nendstream`],
  ]);
  const shell = makePdf([['Please wait... If this message is not eventually replaced']], { objects });
  expect(await refusalOf(readBytes('shell.pdf', shell))).toBe('dynamic-form');
});

test('a dash before a number is its sign, before a space it marks an item', async () => {
  const parsed = await readBytes(
    'cold.pdf',
    makePdf([['It was cold.'], ['- five degrees below zero'], ['\u00965 \u00b0C at night.']]),
  );
  expect(outlineOf(parsed)).toEqual([
    'paragraph: It was cold.',
    'list-item: five degrees below zero',
    'paragraph: –5 °C at night.',
  ]);
});

test('a locked file opens with its password and with no other, and says which of the two is wanted', async () => {
  const bytes = () => makePdf([['Nobody else reads this.']], { title: 'The will', password: 'open sesame' });
  const read = (password?: string) =>
    parseDocument({ bytes: bytes(), fileName: 'will.pdf', mediaType: null, limits: readLimits, password });
  expect(await refusalOf(read())).toBe('password-required');
  expect(await refusalOf(read('open says me'))).toBe('password-wrong');
  expect(await read('open sesame')).toMatchObject({ canonicalText: 'Nobody else reads this.', title: 'The will' });
});

test('a file that only may not be copied or changed is read', async () => {
  expect((await readFixture('not-for-copying.pdf')).canonicalText).toBe('Anyone may read this.');
});

test('bookmarks make headings of the lines they lead to, with their level, large or not', async () => {
  expect(outlineOf(await readFixture('sections.pdf'))).toEqual([
    'heading1: Of the sea',
    'paragraph: It is salt.',
    'heading2: Of tides',
    'paragraph: They turn twice a day.',
  ]);
});

test('what is attached is told of, and read as a section after the text', async () => {
  const parsed = await readFixture('bundle.pdf');
  expect(outlineOf(parsed)).toEqual([
    'paragraph: See the list.',
    'heading1: list.csv',
    'table: | Ship | Crew |\n| --- | --- |\n| Meridian | 18 |',
  ]);
  expect(parsed.blocks.map(({ part }) => part)).toEqual([undefined, 'list.csv', 'list.csv']);
  expect(parsed.warnings).toEqual(['“list.csv” is attached to this file.']);
});

/** Of the fixture's font, 11 points in size: 0.8 of that stand above the baseline, 0.2 below. */
const [ASCENT, HEIGHT] = [8.8, 11];

test('each block says where it stands on its page, from the top left corner', async () => {
  const lines = [
    { text: 'In the middle.', x: 200, y: 400 },
    { text: 'At the foot', x: 60, y: 60 },
    { text: 'of it.', x: 60, y: 46 },
  ];
  const { blocks } = await readBytes('places.pdf', makePdf([['Page one.'], lines]));
  const [middle, foot] = blocks.slice(1).map(({ page, boxes }) => ({ page, box: boxes?.[0] }));
  expect(middle).toMatchObject({ page: 2, box: { x: 200, y: 842 - 400 - ASCENT, height: HEIGHT } });
  // Helvetica sets these 14 characters 69.7 points wide.
  expect(middle?.box?.width).toBeGreaterThan(60);
  expect(middle?.box?.width).toBeLessThan(80);
  expect(foot).toMatchObject({ page: 2, box: { x: 60, y: 842 - 60 - ASCENT, height: HEIGHT + 14 } });
});

test.each([
  { rotation: 90, expected: { x: 786 - (HEIGHT - ASCENT), y: 60, width: HEIGHT } },
  { rotation: 180, expected: { y: 786 - (HEIGHT - ASCENT), height: HEIGHT } },
  { rotation: 270, expected: { x: 842 - 786 - ASCENT, width: HEIGHT } },
])('on a page turned by $rotation degrees, it is where the page shows it', async ({ rotation, expected }) => {
  const parsed = await readBytes('turned.pdf', makePdf([['Lies on its side.']], { rotation }));
  expect(parsed.canonicalText).toBe('Lies on its side.');
  const [box] = parsed.blocks[0]?.boxes ?? [];
  for (const [side, points] of Object.entries(expected)) expect(box).toHaveProperty(side, expect.closeTo(points, 0.1));
});
