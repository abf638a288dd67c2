import { createCanvas } from '@napi-rs/canvas';
import { makeDocx } from '@twin/testing/fixtures/docx';
import { makeEpub } from '@twin/testing/fixtures/epub';
import { makeOpenDocument } from '@twin/testing/fixtures/open-document';
import { makePicture } from '@twin/testing/fixtures/picture';
import { makeXlsx } from '@twin/testing/fixtures/xlsx';
import { expect, test } from 'vitest';
import { outlineOf, readBytes, refusalOf } from '../../testing/read-fixture.ts';
import { parseDocument } from '../parse-document.ts';
import { readLimits } from '../read-limits.ts';

const lines = ['The lighthouse keeper was Ada Quill.', 'She kept the lamp for forty years.'];
const text = lines.join(' ');
const letter = makePicture('png', lines);
const icon = Uint8Array.from(createCanvas(40, 40).toBuffer('image/png'));
const readOnce = 'Text inside pictures was read by recognition (OCR), which may misread (1 in this file).';
const one = { recognised: 1, unrecognised: 0, textless: 0 };

/** As the first reading does it, which looks at no picture. */
function readWithoutRecognition(fileName: string, bytes: Uint8Array<ArrayBuffer>) {
  return parseDocument({ bytes, fileName, mediaType: null, limits: readLimits });
}

test('pictures and text boxes on a sheet are told after its cells, and small ones are passed over', async () => {
  const drawn = [{ words: 'Ask Ada & Ben.' }, { png: letter }, { png: letter, inches: 1 }, { png: icon }];
  const bytes = makeXlsx([
    {
      name: 'Tides',
      rows: [
        ['Day', 'Metres'],
        ['Monday', 2.4],
      ],
      drawn,
    },
    { name: 'Keepers', rows: [], drawn: [{ png: letter, inches: 5 }] },
  ]);
  const parsed = await readBytes('tides.xlsx', bytes);
  expect(outlineOf(parsed)).toEqual([
    'heading1: Tides',
    'table: | Day | Metres |\n| --- | --- |\n| Monday | 2.4 |',
    'paragraph: Ask Ada & Ben.',
    `paragraph: ${text}`,
    'heading1: Keepers',
    `paragraph: ${text}`,
  ]);
  expect(parsed.blocks.map(({ part }) => part)).toEqual([...Array(4).fill('Tides'), 'Keepers', 'Keepers']);
  expect(parsed.pictures).toEqual({ ...one, recognised: 2 });
  expect(parsed.warnings).toEqual([readOnce.replace('(1 ', '(2 ')]);
  const first = await readWithoutRecognition('tides.xlsx', bytes);
  expect(first.warnings).toEqual(['Text inside pictures was not read (3 in this file).']);
  expect(first.pictures).toMatchObject({ recognised: 0, unrecognised: 3 });
});

test('titles of charts on a sheet, and of their axes, are told after its cells, which they repeat', async () => {
  const title = (words: string) =>
    `<c:title><c:tx><c:rich><a:p><a:r><a:t>${words}</a:t></a:r></a:p></c:rich></c:tx></c:title>`;
  const point = (value: string) => `<c:pt idx="0"><c:v>${value}</c:v></c:pt>`;
  const ofCell = `<c:title><c:tx><c:strRef><c:strCache>${point('Litres of oil')}</c:strCache></c:strRef></c:tx></c:title>`;
  const chart = `<c:chartSpace><c:chart>${title('Oil &amp; wicks')}<c:plotArea><c:barChart><c:ser><c:val>${point('41')}</c:val></c:ser></c:barChart>
    <c:catAx>${title('Month')}</c:catAx><c:valAx>${ofCell}</c:valAx></c:plotArea></c:chart></c:chartSpace>`;
  const rows = [
    ['Month', 'Oil'],
    ['May', 41],
  ];
  const bytes = makeXlsx([
    { name: 'Lamp', rows, drawn: [{ chart }] },
    { name: 'Shown', rows: [], drawn: [{ chart }], isChart: true },
  ]);
  expect(outlineOf(await readBytes('lamp.xlsx', bytes))).toEqual([
    'heading1: Lamp',
    'table: | Month | Oil |\n| --- | --- |\n| May | 41 |',
    ...['Oil & wicks', 'Month', 'Litres of oil'].map((text) => `paragraph: ${text}`),
    'heading1: Shown',
    ...['Oil & wicks', 'Month', 'Litres of oil'].map((text) => `paragraph: ${text}`),
  ]);
});

const frame = (width: string, inner: string) =>
  `<draw:frame svg:width="${width}" svg:height="4cm">${inner}<svg:title>Picture1</svg:title></draw:frame>`;
const image = (path: string) => `<draw:image xlink:href="${path}"/>`;
const pictures = { 'Pictures/letter.png': letter, 'Pictures/letter.svg': Uint8Array.of(60) };
const shown = frame('16cm', image('Pictures/letter.svg') + image('Pictures/letter.png'));

test('a picture in an OpenDocument text is read once, after its paragraph', async () => {
  const described = `${image('./Pictures/letter.png')}<svg:desc>The letter again</svg:desc>`;
  const content = `<text:p>Before ${shown}the lamp.</text:p><text:p>${frame('1in', image('Pictures/letter.png'))}After.</text:p>
    <text:p>${frame('16cm', described)}</text:p><text:p>${frame('16cm', image('ObjectReplacements/Object 1'))}</text:p>`;
  const parsed = await readBytes('letter.odt', makeOpenDocument('text', content, { pictures }));
  expect(outlineOf(parsed)).toEqual([
    'paragraph: Before the lamp.',
    `paragraph: ${text}`,
    'paragraph: After.',
    'paragraph: Picture: The letter again',
  ]);
  expect(parsed).toMatchObject({ warnings: [readOnce], pictures: one });
});

test('a picture on a slide of OpenDocument is read there, and one on a sheet after its cells, with remarks', async () => {
  const deck = makeOpenDocument('presentation', `<draw:page/><draw:page>${shown}</draw:page>`, { pictures });
  const slides = await readBytes('deck.odp', deck);
  expect(outlineOf(slides)).toEqual(['heading1: Slide 1', 'heading1: Slide 2', `paragraph: ${text}`]);
  expect(slides.blocks.map(({ page }) => page)).toEqual([1, 2, 2]);
  const cell = (inner: string) => `<table:table-cell>${inner}</table:table-cell>`;
  const sheet = `<table:table table:name="Tides"><table:shapes><draw:custom-shape><text:p>High water</text:p></draw:custom-shape></table:shapes>
    <table:table-row>${cell('<text:p>Day</text:p>')}${cell(`<text:p>Metres</text:p>${shown}`)}</table:table-row>
    <table:table-row>${cell('<office:annotation><text:p>Measured twice</text:p></office:annotation><text:p>Monday</text:p>')}
    ${cell('<text:p>2,4</text:p>')}</table:table-row></table:table>`;
  expect(outlineOf(await readBytes('tides.ods', makeOpenDocument('spreadsheet', sheet, { pictures })))).toEqual([
    'heading1: Tides',
    'table: | Day | Metres |\n| --- | --- |\n| Monday | 2,4 |',
    'paragraph: High water',
    `paragraph: ${text}`,
    'paragraph: Comment: Measured twice',
  ]);
});

test('a chart of OpenDocument is told of with its title and numbers, but for those of a sheet, which has them', async () => {
  const cells = (texts: string[]) =>
    texts.map((one) => `<table:table-cell><text:p>${one}</text:p></table:table-cell>`).join('');
  const rows = [
    ['', 'High', 'Low'],
    ['Monday', '2.4', '0.3'],
    ['Tuesday', '2.6', 'NaN'],
  ].map((row) => `<table:table-row>${cells(row)}</table:table-row>`);
  const chart = `<office:document-content><office:body><office:chart><chart:chart><chart:title><text:p>Tides at the quay</text:p></chart:title>
    <table:table table:name="local-table"><table:table-header-rows>${rows[0]}</table:table-header-rows><table:table-rows>${rows.slice(1).join('')}</table:table-rows></table:table>
    </chart:chart></office:chart></office:body></office:document-content>`;
  const files = { 'Object 1/content.xml': new TextEncoder().encode(chart) };
  const object = frame('16cm', `<draw:object xlink:href="./Object 1"/>${image('./ObjectReplacements/Object 1')}`);
  const content = `<text:p>Before ${object}the storm.</text:p>`;
  expect(outlineOf(await readBytes('tides.odt', makeOpenDocument('text', content, { pictures: files })))).toEqual([
    'paragraph: Before the storm.',
    'paragraph: Tides at the quay\nCategory: Monday, High: 2.4, Low: 0.3\nCategory: Tuesday, High: 2.6',
  ]);
  const deck = makeOpenDocument('presentation', `<draw:page>${object}</draw:page>`, { pictures: files });
  expect(outlineOf(await readBytes('tides.odp', deck))).toEqual([
    'heading1: Slide 1',
    'paragraph: Tides at the quay',
    'table: | Category | High | Low |\n| --- | --- | --- |\n| Monday | 2.4 | 0.3 |\n| Tuesday | 2.6 | |',
  ]);
  const sheet = `<table:table table:name="Tides"><table:table-row>${cells(['High'])}<table:table-cell>${object}</table:table-cell></table:table-row></table:table>`;
  const read = await readBytes('tides.ods', makeOpenDocument('spreadsheet', sheet, { pictures: files }));
  expect(read.canonicalText).not.toContain('Monday');
});

test('pictures in a book are read where they stand, but for its cover and ornaments', async () => {
  const html = `<h1>Landing</h1><div><svg><image xlink:href="../pictures/cover.png"/></svg></div><p>We came <img src="../pictures/icon.png"/>ashore.</p>
    <p><img src="../pictures/letter%201.png" alt=""/></p><p>At dawn.</p>`;
  const files = { 'pictures/cover.png': letter, 'pictures/icon.png': icon, 'pictures/letter 1.png': letter };
  const parsed = await readBytes('island.epub', makeEpub('The island', [{ label: 'One', html }], files));
  expect(outlineOf(parsed)).toEqual([
    'heading1: Landing',
    'paragraph: We came ashore.',
    `paragraph: ${text}`,
    'paragraph: At dawn.',
  ]);
  expect(parsed).toMatchObject({ warnings: [readOnce], pictures: one });
});

test('a page of a book that is one picture is read from its drawing', async () => {
  const html = '<svg viewBox="0 0 9 9"><image xlink:href="../pictures/page.png"/></svg>';
  const book = makeEpub('Scanned', [{ label: 'One', html }], { 'pictures/page.png': letter });
  expect(outlineOf(await readBytes('scanned.epub', book))).toEqual(['heading1: One', `paragraph: ${text}`]);
});

test('a file of nothing but pictures has no text until they are looked at', async () => {
  const docx = (png: Uint8Array) =>
    makeDocx([], {
      parts: {
        'word/document.xml': `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:wp="wp" xmlns:a="a" xmlns:r="r">
          <w:body><w:p><w:r><w:drawing><wp:extent cx="6400800" cy="1828800"/><a:blip r:embed="p"/></w:drawing></w:r></w:p></w:body></w:document>`,
        'word/_rels/document.xml.rels':
          '<Relationships><Relationship Id="p" Target="media/p.png" Type="image"/></Relationships>',
        'word/media/p.png': png,
      },
    });
  const files = [
    { fileName: 'scan.xlsx', bytes: makeXlsx([{ name: 'One', rows: [], drawn: [{ png: letter }] }]) },
    { fileName: 'scan.odt', bytes: makeOpenDocument('text', `<text:p>${shown}</text:p>`, { pictures }) },
    { fileName: 'scan.docx', bytes: docx(letter) },
  ];
  for (const { fileName, bytes } of files) {
    expect(await refusalOf(readWithoutRecognition(fileName, bytes))).toBe('no-text');
    expect((await readBytes(fileName, bytes)).canonicalText).toContain(text);
  }
  expect(await refusalOf(readBytes('dark.docx', docx(makePicture('png', []))))).toBe('no-text');
});
