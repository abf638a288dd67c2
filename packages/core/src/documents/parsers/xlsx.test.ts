import { makeXlsx } from '@twin/testing/fixtures/xlsx';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { outlineOf, readBytes, readFixture, refusalOf } from '../../testing/read-fixture.ts';

test('every sheet is read under its name, its tables apart, dates and shares as shown', async () => {
  expect(outlineOf(await readFixture('budget.xlsx'))).toEqual([
    'heading1: Costs & dates',
    'paragraph: Budget of the bridge',
    'table: | Item | Paid on | Share |\n| --- | --- | --- |\n| Steel | 2024-03-15 | 62.5% |\n| Paint | 2024-04-01 | 0.3 |',
    'table: | Builder | Offer |\n| --- | --- |\n| Brown | 1200 |',
    'heading1: Notes',
    'paragraph: Ask again in May',
  ]);
});

test('a workbook without a filled cell is empty', async () => {
  expect(await refusalOf(readBytes('blank.xlsx', makeXlsx([{ name: 'Sheet1', rows: [] }])))).toBe('empty');
});

test('a sheet that declares a document type is refused', async () => {
  const parts = unzipSync(makeXlsx([{ name: 'One', rows: [['a', 'b']] }]));
  const sheet = parts['xl/worksheets/s1.xml']!;
  const hostile = { ...parts, 'xl/worksheets/s1.xml': strToU8(`<!DOCTYPE x>${Buffer.from(sheet).toString()}`) };
  expect(await refusalOf(readBytes('entities.xlsx', zipSync(hostile)))).toBe('corrupt');
});

test('a cell far out of any sheet is not believed', async () => {
  const parts = unzipSync(makeXlsx([{ name: 'One', rows: [['near']] }]));
  const rows =
    '<row r="1"><c r="A1"><v>1</v></c><c r="ZZZ1"><v>2</v></c></row><row r="1048576"><c r="A9"><v>3</v></c></row>';
  const sheet = strToU8(`<worksheet><sheetData>${rows}</sheetData></worksheet>`);
  const parsed = await readBytes('far.xlsx', zipSync({ ...parts, 'xl/worksheets/s1.xml': sheet }));
  expect(outlineOf(parsed)).toEqual(['heading1: One', 'paragraph: 1', 'paragraph: 3']);
});

test('a span of time is read in hours, and not as a time of day', async () => {
  const parts = unzipSync(makeXlsx([{ name: 'One', rows: [['a']] }]));
  const styles = `<styleSheet><numFmts><numFmt numFmtId="170" formatCode="[h]:mm"/><numFmt numFmtId="171" formatCode="h:mm"/></numFmts>
    <cellXfs><xf numFmtId="170"/><xf numFmtId="46"/><xf numFmtId="171"/></cellXfs></styleSheet>`;
  const cells = '<c s="0"><v>1.5625</v></c><c s="1"><v>-0.0625115740740741</v></c><c s="2"><v>0.5</v></c>';
  const sheet = `<worksheet><sheetData><row>${cells}</row></sheetData></worksheet>`;
  const files = { ...parts, 'xl/styles.xml': strToU8(styles), 'xl/worksheets/s1.xml': strToU8(sheet) };
  expect((await readBytes('spans.xlsx', zipSync(files))).canonicalText).toContain('| 37:30 | -1:30:01 | 12:00:00 |');
});

test('comments on cells are read after their sheet', async () => {
  const type = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments';
  const files = {
    ...unzipSync(makeXlsx([{ name: 'One', rows: [['Steel', 12]] }])),
    'xl/worksheets/_rels/s1.xml.rels': strToU8(
      `<Relationships><Relationship Id="c" Type="${type}" Target="../comments1.xml"/></Relationships>`,
    ),
    'xl/comments1.xml': strToU8(
      '<comments><commentList><comment ref="B1"><text><r><t>Ask </t></r><r><t>Brown.</t></r></text></comment></commentList></comments>',
    ),
  };
  expect(outlineOf(await readBytes('noted.xlsx', zipSync(files)))).toEqual([
    'heading1: One',
    'table: | Steel | 12 |\n| --- | --- |',
    'paragraph: Comment on B1: Ask Brown.',
  ]);
});
