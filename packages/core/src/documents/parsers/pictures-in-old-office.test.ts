import { docBehindAt, docProperty, makeDoc } from '@twin/testing/fixtures/doc';
import {
  type ArtPicture,
  artDrawing,
  artPicture,
  artPictures,
  artRecord,
  artShape,
} from '@twin/testing/fixtures/office-art';
import { makeBmp, makePicture } from '@twin/testing/fixtures/picture';
import { makePpt } from '@twin/testing/fixtures/ppt';
import { makeXls, xlsRecord, xlsText } from '@twin/testing/fixtures/xls';
import { isSlow } from '@twin/testing/slow-work';
import { expect, test } from 'vitest';
import { outlineOf, readBytes, refusalOf } from '../../testing/read-fixture.ts';
import { parseDocument } from '../parse-document.ts';
import { readLimits } from '../read-limits.ts';

const lines = ['The lighthouse keeper was Ada Quill.', 'She kept the lamp for forty years.'];
const text = lines.join(' ');
const png: ArtPicture = { kind: 'png', bytes: makePicture('png', lines) };
const jpg: ArtPicture = { kind: 'jpg', bytes: makePicture('jpeg', lines), hasTwoDigests: true };
/** Without the head that a file has. */
const bmp: ArtPicture = { kind: 'bmp', bytes: makeBmp(lines).subarray(14) };
const emf: ArtPicture = { kind: 'emf', bytes: Buffer.alloc(80, 1) };
const readOnce = 'Text inside pictures was read by recognition (OCR), which may misread (1 in this file).';
const oneUnread = 'Text inside pictures was not read (1 in this file).';
const TWIPS_PER_INCH = 1440;

const uint16 = (value: number) => Buffer.from([value & 0xff, value >> 8]);

/** A picture that stands in the text, as the stream of data of a document has it, shown in half of its size. */
function inline(picture: ArtPicture, [width, height]: [number, number], name = ''): Buffer {
  const content = [artShape(1, 1), artRecord(0xf007, [Buffer.alloc(36), artPicture(picture)])];
  const head = Buffer.alloc(68);
  const named = name === '' ? Buffer.alloc(0) : Buffer.concat([Buffer.from([name.length]), Buffer.from(name)]);
  const all = Buffer.concat([head, named, ...content]);
  all.writeUInt32LE(all.byteLength);
  for (const [at, value] of [
    [4, 68],
    [6, name === '' ? 0x64 : 0x66],
    [28, width * TWIPS_PER_INCH * 2],
    [30, height * TWIPS_PER_INCH * 2],
  ] as const) {
    all.writeUInt16LE(value, at);
  }
  for (const at of [32, 34]) all.writeUInt16LE(500, at);
  return all;
}

const shownAt = (place: number) => docProperty(0x6a03, ...uint16(place), 0, 0);

test('pictures in an old document are read where they stand, and metafiles and small ones are not', async () => {
  const data = [inline(png, [6, 2]), inline(emf, [6, 2]), inline(jpg, [1, 1]), inline(bmp, [6, 2], 'keeper.bmp')];
  const places = data.map((_, index) => Buffer.concat(data.slice(0, index)).byteLength);
  const body = [
    { text: 'Before.' },
    ...places.map((place) => ({ text: '\x01', looks: [shownAt(place)] })),
    { text: '\x01', looks: [shownAt(places[0] ?? 0)] },
    { text: '\x01', looks: [shownAt(0xfff0)] },
    { text: '\x01', looks: [shownAt(places[0] ?? 0), docProperty(0x083c, 1)] },
    { text: 'After.' },
  ];
  const parsed = await readBytes('keeper.doc', makeDoc({ body, data: Buffer.concat(data) }));
  expect(outlineOf(parsed)).toEqual([
    'paragraph: Before.',
    `paragraph: ${text}`,
    `paragraph: ${text}`,
    'paragraph: After.',
  ]);
  expect(parsed.pictures).toEqual({ recognised: 2, unrecognised: 0, textless: 0 });
  expect(parsed.warnings).toEqual([readOnce.replace('(1 ', '(2 '), oneUnread]);
});

test('pictures that lie on the page of an old document are read with the paragraph that they hang on', async () => {
  const body = [{ text: 'Before.' }, { text: '\x08Beside.' }, { text: 'After.' }];
  const list = artPictures([docBehindAt({ body })]);
  const drawings = Buffer.concat([list, Buffer.from([0]), artDrawing([artShape(1, 77)])]);
  const places = [{ at: 8, id: 77, twips: [6 * TWIPS_PER_INCH, 2 * TWIPS_PER_INCH] as [number, number] }];
  const bytes = makeDoc({ body, drawn: { places, drawings }, behind: artPicture(jpg) });
  const parsed = await readBytes('beside.doc', bytes);
  expect(parsed.canonicalText).toMatch(new RegExp(`^Before\\.\\s+${text}\\s+Beside\\.\\s+After\\.$`));
  expect(parsed.warnings).toEqual([readOnce]);
});

/** A workbook whose sheet shows its pictures, each from the first cell to within the cell of this column and row. */
function makePictureXls(
  pictures: readonly ArtPicture[],
  shown: readonly { number: number; to: [number, number] }[],
  cell = 'Names',
) {
  const list = artPictures(pictures.map(artPicture));
  const shapes = shown.map(({ number, to: [column, row] }, index) =>
    artShape(number, index + 1, artRecord(0xf010, [0, 0, 0, 0, 0, column, 512, row, 128].map(uint16))),
  );
  const drawing = artDrawing(shapes);
  const parts = Array.from({ length: Math.ceil(list.byteLength / 8000) }, (_, index) =>
    xlsRecord(index === 0 ? 0xeb : 0x3c, list.subarray(index * 8000, (index + 1) * 8000)),
  );
  const records = [
    xlsText(0, 0, 0),
    xlsRecord(0xec, drawing.subarray(0, 40)),
    xlsRecord(0x5d, 0x15, 0x12, 8, 1, Buffer.alloc(14)),
    xlsRecord(0xec, drawing.subarray(40)),
  ];
  return makeXls({ sheets: [{ name: 'Keepers', records }], strings: [cell], globals: parts });
}

test('pictures on a sheet of an old workbook are read after its cells, by how many of them they cover', async () => {
  const bytes = makePictureXls(
    [png, emf, jpg],
    [
      { number: 1, to: [8, 9] },
      { number: 2, to: [8, 9] },
      { number: 3, to: [1, 9] },
      { number: 9, to: [8, 9] },
    ],
  );
  const parsed = await readBytes('keepers.xls', bytes);
  expect(outlineOf(parsed)).toEqual(['heading1: Keepers', 'paragraph: Names', `paragraph: ${text}`]);
  expect(parsed.warnings).toEqual([readOnce, oneUnread]);
  expect(parsed.pictures).toEqual({ recognised: 1, unrecognised: 0, textless: 0 });
});

test('pictures on old slides are read there, also where the presentation is locked', async () => {
  const content = {
    slides: [
      { boxes: [{ kind: 0, text: 'One' }, { picture: { number: 2, inches: [6, 2] as [number, number] } }] },
      { boxes: [{ kind: 0, text: 'Two' }, { picture: { number: 1, inches: [6, 2] as [number, number] } }] },
      { boxes: [{ kind: 0, text: 'Three' }, { picture: { number: 2, inches: [1, 1] as [number, number] } }] },
    ],
    pictures: [emf, png],
  };
  for (const password of [undefined, 'sesame']) {
    const bytes = makePpt({ ...content, ...(password !== undefined && { lock: { password } }) });
    const reading = { bytes, fileName: 'deck.ppt', mediaType: null, limits: readLimits, password };
    const parsed = await parseDocument({ ...reading, recognition: { languages: ['eng'] } });
    expect(outlineOf(parsed)).toEqual(['heading1: One', `paragraph: ${text}`, 'heading1: Two', 'heading1: Three']);
    expect(parsed.warnings).toEqual([readOnce, oneUnread]);
  }
});

test('an old file of nothing but pictures has no text until they are looked at', async () => {
  const doc = makeDoc({ body: [{ text: '\x01', looks: [shownAt(0)] }], data: inline(png, [6, 2]) });
  const xls = makePictureXls([png], [{ number: 1, to: [8, 9] }], '');
  for (const [fileName, bytes] of Object.entries({ 'scan.doc': doc, 'scan.xls': xls })) {
    const first = parseDocument({ bytes: bytes.slice(), fileName, mediaType: null, limits: readLimits });
    expect(await refusalOf(first)).toBe('no-text');
    expect((await readBytes(fileName, bytes)).canonicalText).toContain(text);
  }
});

test('pictures that stand in each other are taken no more than the file is long', async () => {
  const data = inline(png, [6, 2]);
  const looks = Array.from({ length: 40 }, (_, index) => ({ text: '\x01', looks: [shownAt(index)] }));
  // Every byte of the first stretch is the beginning of a picture that claims all that follows.
  const claims = Buffer.concat([Buffer.alloc(40, 1), data]);
  const parsed = parseDocument({
    bytes: makeDoc({ body: [{ text: 'Here.' }, ...looks], data: claims }),
    fileName: 'claims.doc',
    mediaType: null,
    limits: readLimits,
  });
  expect((await parsed).canonicalText).toBe('Here.');
});

test('what is looked through for pictures in a document is, in all, little more than it is long', async () => {
  const COUNT = 3000;
  // Every eight bytes are a record that holds nothing, and the beginning of a picture that claims all that follows.
  const data = Buffer.alloc(60_000, Buffer.from('ffff000000000000', 'hex'));
  const body = Array.from({ length: COUNT }, (_, index) => ({ text: 'lamp\x01', looks: [shownAt(index * 8)] }));
  const bytes = makeDoc({ body, data });
  expect(await isSlow(() => readBytes('claims.doc', bytes), 2000)).toBe(false);
});
