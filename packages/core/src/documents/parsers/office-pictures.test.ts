import { makeDocx } from '@twin/testing/fixtures/docx';
import { makePicture } from '@twin/testing/fixtures/picture';
import { makePptx } from '@twin/testing/fixtures/pptx';
import { expect, test } from 'vitest';
import { outlineOf, readBytes, refusalOf } from '../../testing/read-fixture.ts';
import { parseDocument } from '../parse-document.ts';
import { readLimits } from '../read-limits.ts';

const lines = ['The lighthouse keeper was Ada Quill.', 'She kept the lamp for forty years.'];
const text = lines.join(' ');
const png = makePicture('png', lines);
const readOnce = 'Text inside pictures was read by recognition (OCR), which may misread (1 in this file).';

const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const namespaces = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
  xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
  xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="${office}"`;
const drawing = (id: string, cx: number) =>
  `<w:drawing><wp:inline><wp:extent cx="${cx}" cy="1828800"/><a:blip r:embed="${id}"/></wp:inline></w:drawing>`;
const paragraph = (run: string) => `<w:p><w:r>${run}</w:r></w:p>`;

/** A Word document of these runs, in which `p` is a picture of text, `e` a drawing that is none, and `x` leads nowhere. */
function withPictures(...runs: string[]) {
  const relationship = (id: string, target: string) =>
    `<Relationship Id="${id}" Target="${target}" Type="${office}/image"/>`;
  return makeDocx([], {
    parts: {
      'word/document.xml': `<w:document ${namespaces}><w:body>${runs.map(paragraph).join('')}</w:body></w:document>`,
      'word/_rels/document.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${
        relationship('p', 'media/letter.png') +
        relationship('e', 'media/plan.emf') +
        relationship('x', '../../gone.png')
      }</Relationships>`,
      'word/media/letter.png': png,
      'word/media/plan.emf': Uint8Array.of(1, 0, 0, 0),
    },
  });
}

const WIDE = 6_400_800;

test('the text of a picture in a Word document is read where the picture stands, once', async () => {
  const bytes = withPictures('<w:t>Before.</w:t>', drawing('p', WIDE), '<w:t>After.</w:t>', drawing('p', WIDE));
  const parsed = await readBytes('letter.docx', bytes);
  expect(outlineOf(parsed)).toEqual(['paragraph: Before.', `paragraph: ${text}`, 'paragraph: After.']);
  expect(parsed).toMatchObject({ warnings: [readOnce], pictures: { recognised: 1, unrecognised: 0, textless: 0 } });
});

test('text behind a picture in its paragraph stands apart from what the picture says', async () => {
  const parsed = await readBytes('letter.docx', withPictures(`${drawing('p', WIDE)}<w:t>After.</w:t>`));
  expect(parsed.canonicalText).toBe(`${text}\nAfter.`);
});

test('pictures that are small are passed over, and those that cannot be read are told of', async () => {
  const bytes = withPictures('<w:t>Before.</w:t>', drawing('p', 900_000), drawing('e', WIDE), drawing('x', WIDE));
  const parsed = await readBytes('letter.docx', bytes);
  expect(parsed.canonicalText).toBe('Before.');
  expect(parsed.warnings).toEqual(['Text inside pictures was not read (1 in this file).']);
  expect(parsed.pictures).toBeUndefined();
});

test('the text of a picture on a slide is read there, and is cited with its number', async () => {
  const bytes = makePptx([{ title: 'One' }, { title: 'Two', png }, { title: 'Three', png: makePicture('png', []) }]);
  const parsed = await readBytes('deck.pptx', bytes);
  expect(outlineOf(parsed)).toEqual(['heading1: One', 'heading1: Two', `paragraph: ${text}`, 'heading1: Three']);
  expect(parsed.blocks.map(({ page }) => page)).toEqual([1, 2, 2, 3]);
  expect(parsed).toMatchObject({ warnings: [readOnce], pictures: { recognised: 1, unrecognised: 0, textless: 0 } });
});

test('without recognition pictures are counted, so that a second reading is worth its while', async () => {
  const bytes = makePptx([{ title: 'One', png }]);
  const parsed = await parseDocument({ bytes, fileName: 'deck.pptx', mediaType: null, limits: readLimits });
  expect(parsed).toMatchObject({
    canonicalText: 'One',
    warnings: ['Text inside pictures was not read (1 in this file).'],
    pictures: { unrecognised: 1 },
  });
});

test('a presentation of nothing but pictures has no text until they are looked at', async () => {
  const scan = (picture: Uint8Array) => makePptx([{ title: '', png: picture }]);
  const reading = { fileName: 'scan.pptx', mediaType: null, limits: readLimits };
  expect(await refusalOf(parseDocument({ ...reading, bytes: scan(png) }))).toBe('no-text');
  expect((await readBytes('scan.pptx', scan(png))).canonicalText).toBe(`Slide 1\n\n${text}`);
  expect(await refusalOf(readBytes('dark.pptx', scan(makePicture('png', []))))).toBe('no-text');
});
