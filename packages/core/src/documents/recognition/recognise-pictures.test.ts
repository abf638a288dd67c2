import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { makePdf } from '@twin/testing/fixtures/pdf';
import { makeBmp, makeGif, makePicture } from '@twin/testing/fixtures/picture';
import { makeScannedPdf } from '@twin/testing/fixtures/scanned-pdf';
import { makeTiff } from '@twin/testing/fixtures/tiff';
import { makeZip } from '@twin/testing/fixtures/zip';
import { expect, test } from 'vitest';
import type { ReadProgress } from '../../ports.ts';
import { readBytes, refusalOf } from '../../testing/read-fixture.ts';
import { parseDocument } from '../parse-document.ts';
import { readLimits } from '../read-limits.ts';

const lines = ['The lighthouse keeper was Ada Quill.', 'She kept the lamp for forty years.'];
const text = 'The lighthouse keeper was Ada Quill. She kept the lamp for forty years.';
const all = { recognised: 1, unrecognised: 0, textless: 0 };

const kinds = [
  ...(['png', 'jpeg', 'webp'] as const).map((format) => ({ format, make: () => makePicture(format, lines) })),
  { format: 'bmp', make: () => makeBmp(lines) },
  { format: 'gif', make: () => makeGif(lines) },
];

test.each(kinds)('the text of a picture ($format) is read', async ({ format, make }) => {
  const parsed = await readBytes(`lighthouse.${format}`, make());
  expect(parsed.canonicalText).toBe(text);
  expect(parsed).toMatchObject({ mediaType: `image/${format}`, pageCount: 1, pictures: all });
  const [box] = parsed.blocks[0]?.boxes ?? [];
  expect(box?.x).toBeGreaterThan(40);
  expect(box?.y).toBeGreaterThan(40);
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThan(1200);
});

test('each page of a TIFF is read', async () => {
  const parsed = await readBytes('letters.tiff', makeTiff([lines, ['The second letter came in May.']]));
  expect(parsed.canonicalText).toBe(`${text}\n\nThe second letter came in May.`);
  expect(parsed.blocks.map(({ page }) => page)).toEqual([1, 2]);
});

test('a sheet that lay sideways or upside down on the scanner is turned', async () => {
  const parsed = await readBytes(
    'turned.pdf',
    makeScannedPdf([
      { lines, quarterTurns: 1 },
      { lines, quarterTurns: 2 },
    ]),
  );
  expect(parsed.canonicalText).toBe(`${text}\n\n${text}`);
}, 120_000);

test('pages without text are recognised, pages with text are read as they are, blank ones are told of', async () => {
  const progress: ReadProgress[] = [];
  const parsed = await parseDocument({
    fileName: 'mixed.pdf',
    mediaType: null,
    bytes: makeScannedPdf([{ lines }, { text: 'Set by a program.' }, { lines: [] }]),
    limits: readLimits,
    recognition: { languages: ['eng'] },
    onProgress: (step) => progress.push(step),
  });
  expect(parsed.canonicalText).toBe(`${text}\n\nSet by a program.`);
  expect(parsed.blocks.map(({ page }) => page)).toEqual([1, 2]);
  expect(parsed.pictures).toEqual({ recognised: 1, unrecognised: 0, textless: 1 });
  expect(parsed.warnings).toEqual([
    'Page 1 was read by text recognition (OCR), which may misread.',
    'Page 3 was blank, or without legible text.',
  ]);
  expect(progress.at(-1)).toEqual({ pagesRead: 3, pageCount: 3, recognition: { pagesDone: 2, pageCount: 2 } });
});

test('without recognition pictures are counted, and a file of nothing else has no text', async () => {
  const limits = readLimits;
  const mixed = makeScannedPdf([{ lines }, { text: 'Set by a program.' }]);
  const parsed = await parseDocument({ bytes: mixed, fileName: 'mixed.pdf', mediaType: null, limits });
  expect(parsed.canonicalText).toBe('Set by a program.');
  expect(parsed.pictures).toEqual({ recognised: 0, unrecognised: 1, textless: 0 });
  const picture = { bytes: makePicture('png', lines), fileName: 'photo.png', mediaType: null, limits };
  await expect(parseDocument(picture)).rejects.toMatchObject({ reason: 'no-text' });
});

test('no more pictures are read than a file may take, in archives too', async () => {
  const bytes = makeZip({
    'a.png': makePicture('png', lines),
    'b.png': makePicture('png', lines),
    'c.txt': new TextEncoder().encode('Plain.'),
  });
  const limits = { ...readLimits, recognisedPagesMax: 1 };
  const recognition = { languages: ['eng'] };
  const parsed = await parseDocument({ bytes, fileName: 'scans.zip', mediaType: null, limits, recognition });
  expect(parsed.pictures).toEqual({ recognised: 1, unrecognised: 1, textless: 0 });
  expect(parsed.canonicalText).toContain(text);
  expect(parsed.canonicalText).toContain('Plain.');
});

test('pictures past the limit are said to be unread, and not to be illegible', async () => {
  const limits = { ...readLimits, recognisedPagesMax: 1 };
  const read = (fileName: string, bytes: Uint8Array<ArrayBuffer>) =>
    parseDocument({ bytes, fileName, mediaType: null, limits, recognition: { languages: ['eng'] } });
  const letters = await read('letters.tiff', makeTiff([lines, lines, lines]));
  expect(letters.canonicalText).toBe(text);
  expect(letters.warnings).toEqual(['Pages 2–3 were not recognised (OCR): that was given up before.']);
  const photos = await read(
    'photos.zip',
    makeZip({ 'a.png': makePicture('png', lines), 'b.png': makePicture('png', lines) }),
  );
  expect(photos.warnings).toEqual([
    expect.stringMatching(/^Not read: “b\.png” holds pictures that were not looked at/),
  ]);
});

test('another language is read by the trained data in the operator’s folder, and by no other', async () => {
  // English under another name: what the folder holds is what is used.
  const folder = await mkdtemp(join(tmpdir(), 'languages-'));
  const english = createRequire(import.meta.url).resolve('@tesseract.js-data/eng/4.0.0_best_int/eng.traineddata.gz');
  await copyFile(english, join(folder, 'tlh.traineddata.gz'));
  await writeFile(join(folder, 'sjn.traineddata'), gunzipSync(await readFile(english)));
  const read = (languages: string[]) =>
    parseDocument({
      bytes: makePicture('png', lines),
      fileName: 'lighthouse.png',
      mediaType: null,
      limits: readLimits,
      recognition: { languages, languageFolder: folder },
    });
  expect((await read(['tlh'])).canonicalText).toBe(text);
  expect((await read(['sjn', 'eng'])).canonicalText).toBe(text);
  await expect(read(['deu'])).rejects.toMatchObject({ reason: 'corrupt' });
  await rm(folder, { recursive: true });
});

test('a picture that cannot be opened is damaged', async () => {
  const cut = makePicture('png', lines).slice(0, 200);
  await expect(readBytes('cut.png', cut)).rejects.toMatchObject({ reason: 'corrupt' });
});

const SIDE = 12_000;
const frame = (view: DataView) => new Uint8Array(view.buffer).findIndex((_, at) => view.getUint16(at) === 0xffc0);
/** Where each kind of picture says how wide and how high it is. */
const sizes: [string, Uint8Array<ArrayBuffer>, at: (view: DataView) => number[], 'setUint16' | 'setInt32', boolean][] =
  [
    ['png', makePicture('png', lines), () => [16, 20], 'setInt32', false],
    ['gif', makeGif(lines), () => [6, 8], 'setUint16', true],
    ['webp', makePicture('webp', lines), () => [26, 28], 'setUint16', true],
    ['bmp', makeBmp(lines), () => [18, 22], 'setInt32', true],
    ['tiff', makeTiff([lines]), () => [18, 30], 'setInt32', true],
    ['jpeg', makePicture('jpeg', lines), (view) => [frame(view) + 5, frame(view) + 7], 'setUint16', false],
  ];

test.each(sizes)(
  'a picture (%s) of more than 100 megapixels is refused by its header',
  async (...[format, bytes, find, set, isLittleEndian]) => {
    const view = new DataView(bytes.buffer);
    for (const at of find(view)) view[set](at, SIDE, isLittleEndian);
    expect(await refusalOf(readBytes(`bomb.${format}`, bytes))).toBe('too-many-pixels');
  },
);

test('a scan with a stamp of a program is recognised beside it, unless its text is there already, unseen', async () => {
  const stamp = 'Received on 4 May';
  const parsed = await readBytes('stamped.pdf', makeScannedPdf([{ lines, stamp }]));
  expect(parsed.canonicalText).toBe(`${stamp}\n\n${text}`);
  expect(parsed.pictures).toEqual(all);
  const known = await readBytes('known.pdf', makeScannedPdf([{ lines, stamp: text, isStampHidden: true }]));
  expect(known).toMatchObject({ canonicalText: text, warnings: [] });
  expect(known.pictures).toBeUndefined();
});

test('a text that an earlier recognition left as scraps gives way to a better reading, and stays where there is none', async () => {
  const scraps = 'Tlic 1i9litli0u5e kccpcr w~s Adq Qvi|l. Slnc kcpt tlnc l@nnp f0r f**rty ycqrs';
  const [scan, dark] = [lines, []].map((shown) => ({ lines: shown, stamp: scraps, isStampHidden: true }));
  const parsed = await readBytes('scraps.pdf', makeScannedPdf([scan!, dark!]));
  expect(parsed.canonicalText).toBe(`${text}\n\n${scraps}`);
  expect(parsed.warnings).toEqual([
    'Page 1 was read by text recognition (OCR), which may misread.',
    'Page 2 was read as the file has its text, which is hardly legible.',
  ]);
  const unrecognised = await parseDocument({
    bytes: makeScannedPdf([scan!]),
    fileName: 'scraps.pdf',
    mediaType: null,
    limits: readLimits,
  });
  expect(unrecognised).toMatchObject({ canonicalText: scraps, pictures: { unrecognised: 1 } });
});

test('a page set in fonts that do not say what their shapes mean is recognised as it is drawn', async () => {
  // Each letter is shown, and said to be one of the characters that nobody has given a meaning.
  const map = '1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfrange <20> <7E> <E020> endbfrange';
  const objects = new Map([
    [3, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /ToUnicode 30 0 R >>'],
    [30, `<< /Length ${map.length} >>\nstream\n${map}\nendstream`],
  ]);
  const parsed = await readBytes('fonts.pdf', makePdf([lines], { objects }));
  expect(parsed.canonicalText).toBe(text);
  expect(parsed.pictures).toEqual(all);
});
