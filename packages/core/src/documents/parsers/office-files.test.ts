import { makeDocx } from '@twin/testing/fixtures/docx';
import { makeZip } from '@twin/testing/fixtures/zip';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { outlineOf, readBytes, refusalOf } from '../../testing/read-fixture.ts';

/** The file with its main part under another name, as some programs write it. */
function renameMainPart(docx: Uint8Array, name: string): Uint8Array {
  const { 'word/document.xml': body, ...parts } = unzipSync(docx);
  const renamed = Object.entries(parts).map(([path, bytes]) => [
    path,
    /rels$|Types\]\.xml$/.test(path) ? strToU8(strFromU8(bytes).replaceAll('document.xml', name)) : bytes,
  ]);
  return zipSync({ ...Object.fromEntries(renamed), [`word/${name}`]: body });
}

test('a Word document is one whatever its main part is called', async () => {
  const docx = renameMainPart(
    makeDocx([{ heading: 'Minutes', level: 1 }, { paragraph: 'All agreed.' }]),
    'document2.xml',
  );
  const parsed = await readBytes('minutes.docx', docx);
  expect(outlineOf(parsed)).toEqual(['heading1: Minutes', 'paragraph: All agreed.']);
});

test('an arrow in a Word document is read, and none is added that leads back from a note', async () => {
  expect((await readBytes('up.docx', makeDocx([{ paragraph: 'Prices ↑ 4 %' }]))).canonicalText).toBe('Prices ↑ 4 %');
  const w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
  const text = (words: string) => `<w:r><w:t>${words}</w:t></w:r>`;
  const parts = {
    'word/document.xml': `<w:document ${w}><w:body><w:p>${text('Prices ↑')}<w:r><w:footnoteReference w:id="1"/></w:r></w:p></w:body></w:document>`,
    'word/footnotes.xml': `<w:footnotes ${w}><w:footnote w:id="1"><w:p>${text('Since May.')}</w:p></w:footnote></w:footnotes>`,
  };
  const noted = await readBytes('noted.docx', makeDocx([], { parts }));
  expect(outlineOf(noted)).toEqual(['paragraph: Prices ↑[1]', 'list-item: 1. Since May.']);
});

const main = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument';
const officeFile = (part: string, contentType: string) =>
  makeZip({
    '[Content_Types].xml': strToU8(`<Types><Override PartName="/${part}" ContentType="${contentType}"/></Types>`),
    '_rels/.rels': strToU8(`<Relationships><Relationship Id="r" Type="${main}" Target="${part}"/></Relationships>`),
    [part]: strToU8('<words>Not to be read as they are.</words>'),
  });

test.each([
  ['binary.xlsb', officeFile('xl/workbook.bin', 'application/vnd.ms-excel.sheet.binary.macroEnabled.main')],
  ['plan.vsdx', officeFile('visio/document.xml', 'application/vnd.ms-visio.drawing.main+xml')],
  ['page.xps', makeZip({ '[Content_Types].xml': strToU8('<Types/>'), 'FixedDocSeq.fdseq': strToU8('<x/>') })],
  ['notes.pages', makeZip({ 'Index/Document.iwa': strToU8('x'), 'preview.txt': strToU8('A preview.') })],
])('%s is refused as an office format that is not read, and its parts are not indexed', async (fileName, bytes) => {
  expect(await refusalOf(readBytes(fileName, bytes))).toBe('office');
});
