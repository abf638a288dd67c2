import { makeCompoundFile } from '@twin/testing/fixtures/compound-file';
import { makeXls, xlsNumber, xlsRecord, xlsString, xlsText } from '@twin/testing/fixtures/xls';
import { isSlow } from '@twin/testing/slow-work';
import { expect, test } from 'vitest';
import { outlineOf, readBytes, readFixture, refusalOf } from '../../testing/read-fixture.ts';

const one = (records: Uint8Array[], rest: Partial<Parameters<typeof makeXls>[0]> = {}) =>
  makeXls({ sheets: [{ name: 'One', records }], ...rest });

const cyrillic = Buffer.from('cceef1f2', 'hex');

test('every sheet of an old workbook is read under its name, dates and shares as shown', async () => {
  const parsed = await readFixture('ledger.xls');
  expect(outlineOf(parsed)).toEqual([
    'heading1: Costs & dates',
    'paragraph: Budget of the bridge',
    'table: | Item | Paid on | Share |\n| --- | --- | --- |\n| Steel | 2024-03-15 | 62.5% |\n| Paint | 2024-04-01 | 0.3 |',
    'table: | Builder | Offer |\n| --- | --- |\n| Мост | 1200 |',
    'heading1: Notes',
    'paragraph: Ask again in May',
  ]);
  expect(parsed.blocks.map(({ part }) => part)).toEqual([...Array(4).fill('Costs & dates'), 'Notes', 'Notes']);
  expect(parsed.mediaType).toBe('application/vnd.ms-excel');
});

test('formulas are read by their last result, whatever it is', async () => {
  const formula = (column: number, ...result: (number | Uint8Array)[]) =>
    xlsRecord(0x06, 0, column, 0, ...result, 0, 0, 0);
  const three = Buffer.alloc(8);
  three.writeDoubleLE(3);
  const records = [
    formula(0, three),
    formula(1, 0, 0, 0, 0xffff),
    xlsRecord(0x4bc, 0, 0),
    xlsRecord(0x207, xlsString('three')),
    formula(2, 1, 1, 0, 0xffff),
    formula(3, 2, 0x2a, 0, 0xffff),
    formula(4, 3, 0, 0, 0xffff),
    xlsRecord(0x205, 0, 5, 0, Buffer.from([0, 0])),
  ];
  expect((await readBytes('sums.xls', one(records))).canonicalText).toContain('| 3 | three | TRUE | #N/A | FALSE |');
});

test('short numbers, rows of them, times and days of the other calendar are read', async () => {
  const rk = (value: number, percent = 0) => Buffer.from(Int32Array.of((value << 2) | 2 | percent).buffer);
  const records = [
    xlsRecord(0x27e, 0, 0, 0, rk(-7)),
    xlsRecord(0xbd, 0, 1, 0, rk(1234, 1), 1, rk(0), 2),
    xlsNumber(0, 3, 1.5625, 2),
  ];
  const bytes = one(records, { styles: [0, 'dd.mm.yyyy', 46], startsIn1904: true });
  expect((await readBytes('short.xls', bytes)).canonicalText).toContain('| -7 | 12.34 | 1904-01-01 | 37:30 |');
});

test('texts that run on into another record are whole', async () => {
  const strings = ['a', 'b'].map((letter) => letter.repeat(6_000));
  const text = (await readBytes('long.xls', one([xlsText(0, 0, 0), xlsText(2, 0, 1)], { strings }))).canonicalText;
  expect(text).toBe(`One\n\n${strings.join('\n\n')}`);
});

test('links, comments and boxes are told of as those of a workbook of today are', async () => {
  const address = 'https://example.org/steel\0';
  const urlMoniker = Buffer.from('e0c9ea79f9bace118c8200aa004ba90b', 'hex');
  const link = xlsRecord(
    0x1b8,
    0,
    0,
    0,
    0,
    Buffer.alloc(16),
    2,
    0,
    3,
    0,
    urlMoniker,
    address.length * 2,
    0,
    Buffer.from(address, 'utf16le'),
  );
  const object = (id: number, kind: number) => xlsRecord(0x5d, 0x15, 0x12, kind, id, Buffer.alloc(14));
  const box = (text: string) => [
    xlsRecord(0x1b6, 0, 0, 0, 0, 0, text.length, 0, 0, 0),
    xlsRecord(0x3c, Buffer.from([0]), Buffer.from(text)),
    xlsRecord(0x3c, Buffer.alloc(16)),
  ];
  const records = [
    xlsText(0, 0, 0),
    xlsNumber(0, 1, 12),
    object(1, 0x19),
    ...box('Ask Brown.'),
    object(2, 6),
    ...box('Draft'),
    xlsRecord(0x1c, 0, 27, 0, 1, xlsString('Ada')),
    link,
  ];
  expect(outlineOf(await readBytes('noted.xls', one(records, { strings: ['Steel'] })))).toEqual([
    'heading1: One',
    'table: | Steel (https://example.org/steel) | 12 |\n| --- | --- |',
    'paragraph: Comment on AB1: Ask Brown.',
    'paragraph: Draft',
  ]);
});

test('cells beyond the last column that there is are not believed', async () => {
  const records = [xlsNumber(0, 255, 1), xlsNumber(1, 256, 2), xlsNumber(2, 0xffff, 3)];
  expect((await readBytes('wide.xls', one(records))).canonicalText).toBe('One\n\n1');
});

/** A workbook of Excel 5 and 95 with one sheet, whose records these are. */
function makeXls5(...records: Uint8Array[]): Uint8Array {
  const bof = (kind: number) => xlsRecord(0x809, 0x500, kind, 0, 0);
  const head = Buffer.concat([bof(5), xlsRecord(0x42, 1251)]);
  const sheet = [bof(0x10), ...records, xlsRecord(0x0a)];
  const name = (start: number) => xlsRecord(0x85, start, 0, 0, Buffer.from([4]), cyrillic);
  const start = head.byteLength + name(0).byteLength + 4;
  return makeCompoundFile({ Book: Buffer.concat([head, name(start), xlsRecord(0x0a), ...sheet]) });
}

test('a workbook of Excel 5 and 95 is read in its code page', async () => {
  const bytes = makeXls5(xlsRecord(0x204, 0, 0, 0, 4, cyrillic));
  expect(outlineOf(await readBytes('five.xls', bytes))).toEqual(['heading1: Мост', 'paragraph: Мост']);
});

test('a long note of Excel 5 and 95 is read whole, over the records that go on with it', async () => {
  const [first, rest] = ['a'.repeat(2048), 'b'.repeat(100)];
  const note = (row: number, column: number, length: number, text: string) =>
    xlsRecord(0x1c, row, column, length, Buffer.from(text));
  const bytes = makeXls5(note(2, 1, 2148, first), note(0xffff, 0, 100, rest), xlsRecord(0x1c, 3, 1, 4, cyrillic));
  expect(outlineOf(await readBytes('noted.xls', bytes))).toEqual([
    'heading1: Мост',
    `paragraph: Comment on B3: ${first}${rest}`,
    'paragraph: Comment on B4: Мост',
  ]);
});

test('a record that is too short is left out and told of, and the others are read', async () => {
  const records = [
    xlsText(0, 0, 0),
    xlsRecord(0xfd, 0, 1),
    xlsRecord(0x06, 0, 2),
    xlsRecord(0x1b8, 0, 0),
    xlsRecord(0x1c, 7),
    xlsNumber(1, 0, 5),
  ];
  const globals = [xlsRecord(0x42), xlsRecord(0x41e, 7)];
  const parsed = await readBytes('short.xls', one(records, { strings: ['Steel'], globals }));
  expect(parsed.canonicalText).toBe('One\n\nSteel\n\n5');
  expect(parsed.warnings).toEqual(['The file is damaged: parts of it could not be read (6).']);
});

test('behind a record whose length is wrong the others are found, and sheets that nothing names any more', async () => {
  const records = Array.from({ length: 9 }, (_, row) => xlsNumber(row, 0, row + 1));
  const bytes = Buffer.from(one(records, { strings: ['Steel'], styles: [0, 0, 0, 0, 0, 0] }));
  const third = bytes.indexOf(xlsNumber(2, 0, 3));
  bytes.writeUInt16LE(0x2345, third + 2);
  const parsed = await readBytes('length.xls', bytes);
  expect(parsed.canonicalText.split('\n\n')).toEqual(['One', '1', '2', '4', '5', '6', '7', '8', '9']);
  expect(parsed.warnings).toEqual(['The file is damaged: parts of it could not be read (1).']);
  bytes.writeUInt16LE(14, third + 2);
  // What names the sheet.
  bytes.writeUInt16LE(0x7777, bytes.indexOf(Buffer.from('85000b00', 'hex')));
  expect((await readBytes('unnamed.xls', bytes)).canonicalText).toMatch(/^Sheet 1\n\n1\n\n2\n/);
});

test('records of no type, as some programs write, are no damage', async () => {
  const parsed = await readBytes('odd.xls', one([xlsNumber(0, 0, 1), xlsRecord(0, 4, 530), xlsNumber(1, 0, 2)]));
  expect(parsed).toMatchObject({ canonicalText: 'One\n\n1\n\n2', warnings: [] });
});

test('of texts that are cut off, those before are read', async () => {
  const bytes = Buffer.from(one([xlsText(0, 0, 0), xlsText(1, 0, 1)], { strings: ['Steel', 'Paint'] }));
  // The second text says that it is longer than all there is.
  bytes.writeUInt16LE(0xffff, bytes.indexOf('Paint') - 3);
  bytes.writeUInt8(8, bytes.indexOf('Paint') - 1);
  expect((await readBytes('cut-texts.xls', bytes)).canonicalText).toContain('Steel');
});

test('an old workbook that is locked, cut off, empty or older still says so', async () => {
  const locked = one([], { globals: [xlsRecord(0x2f, 0, 0x1234, 0x5678)] });
  expect(await refusalOf(readBytes('locked.xls', locked))).toBe('password-required');
  expect(await refusalOf(readBytes('cut.xls', one([xlsRecord(0xfd, 0, 0)])))).toBe('corrupt');
  expect(await refusalOf(readBytes('blank.xls', one([])))).toBe('empty');
  expect(await refusalOf(readBytes('none.xls', makeCompoundFile({ Workbook: new Uint8Array() })))).toBe('corrupt');
  const excel4 = Uint8Array.from([9, 4, 6, 0, 0, 0, 0x10, 0, 0, 0, 0x0a, 0, 0, 0]);
  expect(await refusalOf(readBytes('four.xls', excel4))).toBe('legacy-office');
});

test('what many sheets claim, or is inside of many, is read once', async () => {
  const bof = xlsRecord(0x809, 0x600, 0x10, 0, 0, 0, 0, 0, 0);
  const COUNT = 30_000;
  const records = [...Array<Buffer>(COUNT).fill(bof), ...Array<Buffer>(COUNT).fill(xlsRecord(0x20b))];
  const head = xlsRecord(0x809, 0x600, 5, 0, 0, 0, 0, 0, 0);
  const nameOf = (start: number) => xlsRecord(0x85, start & 0xffff, start >>> 16, 0, xlsString('A', 1));
  const eof = xlsRecord(0x0a);
  const namesEnd = head.byteLength + 2 * COUNT * nameOf(0).byteLength + eof.byteLength;
  const cells = Buffer.concat([bof, xlsNumber(0, 0, 7), ...Array<Buffer>(COUNT).fill(xlsRecord(0x20b)), eof]);
  const inside = namesEnd + cells.byteLength;
  const names = Array.from({ length: COUNT }, (_, index) => [
    nameOf(namesEnd),
    nameOf(inside + index * bof.byteLength),
  ]).flat();
  const bytes = makeCompoundFile({ Workbook: Buffer.concat([head, ...names, eof, cells, ...records]) });
  expect((await readBytes('claimed.xls', bytes)).canonicalText).toBe('A\n\n7');
});

const named = (start: number) => xlsRecord(0x85, start & 0xffff, start >>> 16, 0, xlsString('Named', 1));
const FIRST_RECORD_BYTES = 20;

test('sheets that begin within what goes on, or in damage, are read no further than to the next one', async () => {
  const COUNT = 6000;
  const lost = Buffer.concat([xlsRecord(0x809, 0x600, 0x10, Buffer.alloc(8)), Buffer.alloc(4, 0xff)]);
  for (const begin of [xlsRecord(0x3c), lost]) {
    const globals = Array.from({ length: COUNT }, () => begin);
    for (let index = 0; index < COUNT; index += 1) globals.push(named(FIRST_RECORD_BYTES + index * begin.byteLength));
    const bytes = one([xlsText(0, 0, 0)], { globals, strings: ['The keeper.'] });
    expect(await isSlow(() => readBytes('sheets.xls', bytes).catch(() => undefined), 2000)).toBe(false);
  }
});
