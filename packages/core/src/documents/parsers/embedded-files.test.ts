import { makeCompoundFile } from '@twin/testing/fixtures/compound-file';
import { makeDoc } from '@twin/testing/fixtures/doc';
import { makeDocx } from '@twin/testing/fixtures/docx';
import { embedFiles, makeOlePackage, oleObject, olePackage } from '@twin/testing/fixtures/embed-files';
import { makeOpenDocument } from '@twin/testing/fixtures/open-document';
import { makePicture } from '@twin/testing/fixtures/picture';
import { makePpt } from '@twin/testing/fixtures/ppt';
import { makePptx } from '@twin/testing/fixtures/pptx';
import { makeXls, xlsText } from '@twin/testing/fixtures/xls';
import { makeXlsx } from '@twin/testing/fixtures/xlsx';
import { makeZip } from '@twin/testing/fixtures/zip';
import { strToU8 } from 'fflate';
import { expect, test } from 'vitest';
import { readBytes, refusalOf } from '../../testing/read-fixture.ts';
import { parseDocument } from '../parse-document.ts';
import { readLimits } from '../read-limits.ts';

const advice = 'is embedded in the document. Open it there, save it on its own, and upload that.';
const report = makeDocx([{ paragraph: 'The report.' }]);
const workbook = { type: 'package', target: 'embeddings/Microsoft_Excel_Worksheet.xlsx' } as const;

test('files embedded in a Word document are told of, by their names or by what they are', async () => {
  const bytes = embedFiles(report, 'word/document.xml', [
    { ...workbook, progId: 'Excel.Sheet.12' },
    { type: 'oleObject', progId: 'AcroExch.Document.11', target: 'embeddings/oleObject1.bin' },
    {
      type: 'oleObject',
      progId: 'Package',
      target: 'embeddings/oleObject2.bin',
      content: makeOlePackage('prices.zip'),
    },
    { type: 'oleObject', target: 'embeddings/oleObject3.bin', content: makeOlePackage('\xcd\xf5.txt', '价格.txt') },
    { type: 'oleObject', progId: 'Package', target: 'embeddings/oleObject4.bin' },
  ]);
  expect(await readBytes('report.docx', bytes)).toMatchObject({
    canonicalText: 'The report.',
    warnings: [
      `Not read, 5 files: “Microsoft_Excel_Worksheet.xlsx”, “PDF document”, “prices.zip”, “价格.txt”, “File”. Each ${advice}`,
    ],
  });
});

test('files embedded beside the body, on slides, in their notes and on sheets are told of', async () => {
  const header = embedFiles(makeDocx([{ paragraph: 'Body.' }], { header: 'Head.' }), 'word/header1.xml', [workbook]);
  expect((await readBytes('head.docx', header)).warnings).toEqual([
    `Not read: “Microsoft_Excel_Worksheet.xlsx” ${advice}`,
  ]);
  const onSlide = embedFiles(makePptx([{ title: 'One', notes: ['Say it.'] }]), 'ppt/slides/slide1.xml', [
    { type: 'oleObject', progId: 'Word.Document.8', target: '../embeddings/oleObject1.bin' },
  ]);
  const deck = embedFiles(onSlide, 'ppt/notesSlides/notes1.xml', [{ ...workbook, target: '../embeddings/Book.xlsx' }]);
  expect((await readBytes('deck.pptx', deck)).warnings).toEqual([
    `Not read, 2 files: “Word document”, “Book.xlsx”. Each ${advice}`,
  ]);
  const sheet = embedFiles(makeXlsx([{ name: 'A', rows: [['x']] }]), 'xl/worksheets/s1.xml', [
    { type: 'oleObject', progId: 'Acrobat Document', target: '../embeddings/oleObject1.bin' },
  ]);
  expect((await readBytes('sheet.xlsx', sheet)).warnings).toEqual([`Not read: “PDF document” ${advice}`]);
});

test('what a chart is made of, controls, equations, and what the document only leads to are no embedded files', async () => {
  const chart = makeDocx([{ paragraph: 'Body.' }], {
    parts: { 'word/charts/chart1.xml': '<c:chartSpace></c:chartSpace>' },
  });
  const charted = embedFiles(chart, 'word/charts/chart1.xml', [{ ...workbook, target: '../embeddings/Book.xlsx' }]);
  const bytes = embedFiles(charted, 'word/document.xml', [
    { type: 'control', target: 'activeX/activeX1.xml' },
    { type: 'oleObject', progId: 'Equation.3', target: 'embeddings/oleObject1.bin' },
    { type: 'oleObject', progId: 'Equation.DSMT4', target: 'embeddings/oleObject2.bin' },
    { type: 'oleObject', progId: 'MSGraph.Chart.8', target: 'embeddings/oleObject3.bin' },
    // Beside the document, where a part of it has the same name.
    { type: 'oleObject', progId: 'Excel.Sheet.12', target: 'embeddings/oleObject1.bin', isExternal: true },
  ]);
  expect((await readBytes('chart.docx', bytes)).warnings).toEqual([]);
});

test('a document of nothing but embedded files is refused as that, once its pictures were looked at', async () => {
  const embed = (bytes: Uint8Array) =>
    embedFiles(bytes, 'ppt/slides/slide1.xml', [{ ...workbook, target: '../embeddings/Book.xlsx' }]);
  const empty = embed(makePptx([{}]));
  expect(await refusalOf(readBytes('empty.pptx', empty))).toBe('embedded-only');
  const shown = embed(makePptx([{ png: makePicture('png', []) }]));
  const reading = { bytes: shown, fileName: 'shown.pptx', mediaType: null, limits: readLimits };
  expect(await refusalOf(parseDocument(reading))).toBe('no-text');
  expect(await refusalOf(readBytes('shown.pptx', shown))).toBe('embedded-only');
});

test('files embedded in documents of an archive are told of with their paths', async () => {
  const embedding = embedFiles(report, 'word/document.xml', [workbook]);
  const bytes = makeZip({ 'a.docx': embedding, 'b.docx': embedding });
  expect((await readBytes('all.zip', bytes)).warnings).toEqual([
    `Not read, 2 files: “a.docx › Microsoft_Excel_Worksheet.xlsx”, “b.docx › Microsoft_Excel_Worksheet.xlsx”. Each ${advice}`,
  ]);
});

/** The streams of objects, each in a folder of its own. */
function inFolders(start: string, objects: readonly Record<string, Uint8Array>[]): Record<string, Uint8Array> {
  const streams = objects.flatMap((object, index) =>
    Object.entries(object).map(([name, content]) => [`${start}${index}/${name}`, content] as const),
  );
  return Object.fromEntries(streams);
}

const some = Uint8Array.of(1, 2);
const objects = [
  oleObject('Microsoft Excel-Arbeitsblatt', 'Excel.Sheet.8'),
  olePackage('prices.zip'),
  { WordDocument: some },
  oleObject('A drawing', 'Draw.Plan.1'),
  oleObject('Microsoft Equation 3.0', 'Equation.3'),
  oleObject('Microsoft Excel Chart', 'Excel.Chart.8'),
  { ...oleObject('Microsoft Word Document', 'Word.Document.8'), '\x03LinkInfo': some },
  { ...oleObject('Microsoft Forms 2.0 CheckBox', 'Other.CheckBox.1'), '\x03OCXNAME': some },
  { '\x01CompObj': some, '\x01Ole10Native': some },
];
const told = [
  `Not read, 5 files: “Excel worksheet”, “prices.zip”, “Word document”, “A drawing”, “File”. Each ${advice}`,
];

test('files embedded in old documents and workbooks are told of, but no equations, charts, links and controls', async () => {
  const beside = inFolders('ObjectPool/_1', objects);
  const doc = makeDoc({ body: [{ text: 'The report.' }], beside });
  expect(await readBytes('report.doc', doc)).toMatchObject({ canonicalText: 'The report.', warnings: told });
  expect(await refusalOf(readBytes('empty.doc', makeDoc({ body: [{ text: '' }], beside })))).toBe('embedded-only');
  const sheets = [{ name: 'One', records: [xlsText(0, 0, 0)] }];
  const xls = makeXls({ sheets, strings: ['Text'], beside: inFolders('MBD0', objects) });
  expect((await readBytes('book.xls', xls)).warnings).toEqual(told);
});

test('files embedded in an old presentation are told of, a file of no program by its name', async () => {
  const slides = [{ boxes: [{ text: 'The well is deep' }] }];
  const bytes = makePpt({
    slides,
    objects: [
      { progId: 'Excel.Sheet.12' },
      { progId: 'Package', file: makeOlePackage('prices.zip') },
      { progId: 'Word.Document.8', kind: 1 },
      { progId: 'Other.CheckBox.1', kind: 2 },
      { progId: 'MSGraph.Chart.8' },
    ],
  });
  expect((await readBytes('well.ppt', bytes)).warnings).toEqual([
    `Not read, 2 files: “Excel worksheet”, “prices.zip”. Each ${advice}`,
  ]);
});

test('documents and objects embedded in an OpenDocument are told of, but no charts, formulas and what it leads to', async () => {
  const object = (name: string, href: string) => `<draw:frame><draw:${name} xlink:href="${href}"/></draw:frame>`;
  const held = (inner: string) =>
    strToU8(`<office:document-content><office:body>${inner}</office:body></office:document-content>`);
  const content = `<text:p>The ferry sails.${[
    object('object', './Object 1'),
    object('object', './Object 2'),
    object('object', './Object 3'),
    object('object', '../tides.ods'),
    object('object-ole', './Object 4'),
    object('object-ole', './Object 5'),
    object('object-ole', './Object 6'),
  ].join('')}</text:p>`;
  const parts = {
    'Object 1/content.xml': held('<office:spreadsheet/>'),
    'Object 2/content.xml': held('<office:chart><chart:chart/></office:chart>'),
    'Object 3/content.xml': strToU8('<math><mi>a</mi></math>'),
    'Object 4': makeOlePackage('prices.zip'),
    'Object 5': some,
    'Object 6': makeCompoundFile(oleObject('Microsoft Equation 3.0', 'Equation.3')),
  };
  expect(await readBytes('ferry.odt', makeOpenDocument('text', content, { pictures: parts }))).toMatchObject({
    canonicalText: 'The ferry sails.a',
    warnings: [`Not read, 3 files: “OpenDocument spreadsheet”, “prices.zip”, “File”. Each ${advice}`],
  });
  const nothing = makeOpenDocument('text', object('object', './Object 1'), { pictures: parts });
  expect(await refusalOf(readBytes('nothing.odt', nothing))).toBe('embedded-only');
});
