import { makeCompoundFile } from '@twin/testing/fixtures/compound-file';
import { docProperty, docTable, makeDoc } from '@twin/testing/fixtures/doc';
import { expect, test } from 'vitest';
import { outlineOf, readBytes, readFixture, refusalOf } from '../../testing/read-fixture.ts';
import { openCompoundFile } from './compound-file.ts';
import { createDamage } from './damage.ts';
import { docTables, listPages, openDoc } from './doc-file.ts';
import { word97 } from './doc-layouts.ts';
import { docPackage } from './doc-package.ts';
import { readPieces } from './doc-pieces.ts';
import { createReadBudget } from './read-budget.ts';

const bold = docProperty(0x0835, 1);
const uint32 = (value: number) => Buffer.from(Uint32Array.of(value).buffer);
const prose = 'The keeper fills the lamp at dusk, trims it at midnight and puts it out when the sun is up.';

test('headings, tables, notes and page headers of an old document are read as those of today are', async () => {
  const parsed = await readFixture('minutes.doc');
  expect(outlineOf(parsed)).toEqual([
    'heading1: Minutes',
    'paragraph: The council met on the first Tuesday & agreed on a new bridge.[1]',
    'heading2: Costs',
    'table: | Item | Cost |\n| --- | --- |\n| Сталь | 1,200 |\n| Paint | 90 |',
    'paragraph: More at the builder (https://example.org/bridge).',
    'list-item: 1. By nine votes.',
    'paragraph: Not for the press',
  ]);
  expect(parsed.mediaType).toBe('application/msword');
});

test('characters of one byte are those of Western Europe', async () => {
  const bytes = makeDoc({ body: [{ text: 'Die Br\xfccke: \x80 5 \x96 \x84gut\x93' }], isNarrow: true });
  expect((await readBytes('narrow.doc', bytes)).canonicalText).toBe('Die Brücke: € 5 – „gut“');
});

test('what was deleted or hidden is not read, and of fields only what they show', async () => {
  const field = (instruction: string, result: string) => `\x13${instruction}\x14${result}\x15`;
  const bytes = makeDoc({
    body: [
      { text: `On page ${field(` IF ${field('PAGE', '7')} = 7 `, 'seven')}\x1eA\vnew line\tand a tab\x01.` },
      { text: 'Was here.', looks: [docProperty(0x0800, 1)] },
      { text: 'Secret.', looks: [docProperty(0x083c, 1)] },
      { text: 'Shown.', looks: [docProperty(0x083c, 1), docProperty(0x083c, 0)] },
    ],
  });
  expect(outlineOf(await readBytes('fields.doc', bytes))).toEqual([
    'paragraph: On page seven\u2011A\nnew line and a tab.',
    'paragraph: Shown.',
  ]);
});

test('equation fields are read by their instructions: furigana by its base', async () => {
  const instruction = String.raw`EQ \* jc2 \* "Font:MS Mincho" \* hps10 \o\ad(\s\up 9(とうきょう),東京)`;
  const furigana = `\x13${instruction}\x15`;
  const bytes = makeDoc({
    body: [
      { text: `${furigana}駅` },
      { text: furigana, looks: [docProperty(0x0800, 1)] },
      { text: `At \x13 IF ${furigana} = 1 \x14noon\x15.` },
    ],
  });
  expect(outlineOf(await readBytes('city.doc', bytes))).toEqual(['paragraph: 東京駅', 'paragraph: At noon.']);
});

test('what follows a field that is never ended is read', async () => {
  const bytes = makeDoc({
    body: [{ text: 'On page \x13 PAGE of the book.' }, { text: 'It goes on \x13 DATE \x14today\x15.' }],
  });
  expect(outlineOf(await readBytes('unended.doc', bytes))).toEqual([
    'paragraph: On page PAGE of the book.',
    'paragraph: It goes on today.',
  ]);
});

test('each of several symbols in a row is read', async () => {
  const arrow = docProperty(0x6a09, 3, 0, 0xae, 0xf0);
  const bytes = makeDoc({ body: [{ text: '((', looks: [arrow] }] });
  expect((await readBytes('symbols.doc', bytes)).canonicalText).toBe('→→');
});

test('headings that were made by hand are found, and styles that somebody made', async () => {
  const styles = [
    { id: 0, name: 'Standard', looks: [docProperty(0x4a43, 20, 0)] },
    { id: 0xffe, name: 'Clause', properties: [docProperty(0x2640, 0)] },
  ];
  const body = [
    { text: 'Duties', style: 1 },
    { text: prose },
    { text: 'Oil', looks: [bold] },
    { text: prose },
    { text: prose },
  ];
  expect(outlineOf(await readBytes('by-hand.doc', makeDoc({ body, styles })))).toEqual([
    'heading1: Duties',
    `paragraph: ${prose}`,
    'heading2: Oil',
    `paragraph: ${prose}`,
    `paragraph: ${prose}`,
  ]);
});

test('a table without the end of its last row keeps its cells', async () => {
  const body = docTable([
    ['a', 'b'],
    ['c', 'd'],
  ]).slice(0, -1);
  expect((await readBytes('cut.doc', makeDoc({ body }))).canonicalText).toBe('| a | b |\n| --- | --- |\n| c | d |');
});

test('an old document that is locked, empty, cut off, or of an older Word says so', async () => {
  const body = [{ text: 'The well is deep' }];
  const locked = makeDoc({ body, lock: { kind: 'rc4', password: 'open sesame' } });
  expect(await refusalOf(readBytes('locked.doc', locked))).toBe('password-required');
  expect(await refusalOf(readBytes('word2.doc', makeDoc({ body, version: 0x2d })))).toBe('legacy-office');
  expect(await refusalOf(readBytes('blank.doc', makeDoc({ body: [] })))).toBe('empty');
  expect(await refusalOf(readBytes('cut.doc', makeCompoundFile({ WordDocument: new Uint8Array() })))).toBe('corrupt');
});

test('pieces that hold more than their file are not believed', async () => {
  const bytes = Buffer.from(makeDoc({ body: [{ text: 'The well is deep' }] }));
  const end = Buffer.from('021000000000000000', 'hex');
  const at = bytes.indexOf(end) + end.byteLength;
  bytes.writeUInt32LE(0x7fffffff, at);
  expect(await refusalOf(readBytes('bomb.doc', bytes))).toBe('corrupt');
});

test('notes that claim the same text have it once, and pages that are listed again are read once', () => {
  const damage = createDamage();
  const file = openCompoundFile(makeDoc({ body: [{ text: 'The well is deep' }] }), '', createReadBudget(0));
  const doc = openDoc(file, { fileName: '' }, damage);
  const bounds = Array.from({ length: 102 }, (_, index) => (index % 2) * 16);
  const tables = new Map<number, Buffer>([
    [docTables.footnoteReferences, Buffer.concat([...bounds.slice(1).map(uint32), Buffer.alloc(200)])],
    [docTables.footnoteTexts, Buffer.concat(bounds.map(uint32))],
  ]);
  const made = docPackage(
    {
      ...doc,
      tableAt: (place) => ({ ...doc.tableAt(place), content: tables.get(place) ?? doc.tableAt(place).content }),
      story: () => ({ start: 0, end: 16 }),
    },
    damage,
  );
  const notes = String(made['word/footnotes.xml']);
  expect(notes.match(/<w:footnote /g)).toHaveLength(100);
  expect(notes.match(/well/g)).toHaveLength(1);
  expect(listPages(doc.main, word97, 'paragraphs', Buffer.alloc(4 + 50 * 8))).toEqual([0]);
});

test('a part of an old document that is damaged is left out and told of, and the text is read', async () => {
  const bytes = Buffer.from(makeDoc({ body: [{ text: 'The well is deep' }], styles: [{ id: 0, name: 'Standard' }] }));
  // What tells of the pieces of the text is no longer what it was.
  bytes.writeUInt8(9, bytes.indexOf(Buffer.from('021000000000000000', 'hex')));
  const parsed = await readBytes('damaged.doc', bytes);
  expect(parsed.canonicalText).toBe('The well is deep');
  expect(parsed.warnings).toEqual(['The file is damaged: parts of it could not be read (1).']);
});

test('text that the list of pieces leaves out is told of', async () => {
  const bytes = Buffer.from(makeDoc({ body: [{ text: 'The well is deep' }, { text: 'and the water cold' }] }));
  const list = Buffer.from('021000000000000000', 'hex');
  bytes.writeUInt32LE(17, bytes.indexOf(list) + list.byteLength);
  const parsed = await readBytes('short.doc', bytes);
  expect(parsed.canonicalText).toBe('The well is deep');
  expect(parsed.warnings).toEqual(['The file is damaged: parts of it could not be read (1).']);
});

const told = [1024, 1044, 1064];

test.each([
  { name: 'lead to all of it', at: [0, 10, 20, 35], damaged: 0 },
  { name: 'have a last paragraph of no story behind it', at: [0, 10, 20, 36], stories: 35, damaged: 0 },
  { name: 'end before it', at: [0, 10, 20, 30], damaged: 1 },
  { name: 'end before they begin', at: [0, 0, 0, 0], damaged: 1 },
  { name: 'begin behind its beginning', at: [5, 10, 20, 35], damaged: 1 },
  { name: 'are out of order', at: [0, 20, 10, 35], damaged: 1 },
  { name: 'stand behind the end of the file', at: [0, 10, 20, 35], places: [1024, 1044, 999_999], damaged: 1 },
  { name: 'stand there, and end before the text does', at: [0, 10, 20, 30], places: [1024, 1044, 999_999], damaged: 2 },
  { name: 'hold more than the stories', at: [0, 10, 20, 35], stories: 20, damaged: 1 },
  { name: 'are fewer than their list says', at: [0, 10, 20, 35], length: 200, damaged: 1 },
  { name: 'are of another number than their list has room for', at: [0, 10, 20, 35], length: 39, damaged: 1 },
])(
  'of a text whose pieces $name, $damaged are counted as damaged',
  ({ at, places = told, length, stories, damaged }) => {
    const damage = createDamage();
    const file = openCompoundFile(
      makeDoc({ body: [{ text: 'The well is deep. The lamp is lit.' }] }),
      '',
      createReadBudget(0),
    );
    const doc = openDoc(file, { fileName: '' }, damage);
    const pieces = Buffer.concat([
      ...at.map(uint32),
      ...places.map((place) => Buffer.from([0, 0, ...uint32(place), 0, 0])),
    ]);
    const content = Buffer.concat([Buffer.from([2]), uint32(length ?? pieces.byteLength), pieces]);
    const tableAt = (table: number) => (table === docTables.pieces ? { content, behind: content } : doc.tableAt(table));
    const story = stories === undefined ? doc.story : () => ({ start: 0, end: stories });
    readPieces({ ...doc, tableAt, story }, damage);
    expect(damage.count).toBe(damaged);
  },
);

test('a text of very many pieces, notes, references and fields in each other is read a piece at a time', () => {
  const COUNT = 30_000;
  const text = `Well.${'\x13\x14.'.repeat(COUNT / 2)}`;
  const damage = createDamage();
  const file = openCompoundFile(makeDoc({ body: [{ text }] }), '', createReadBudget(0));
  const doc = openDoc(file, { fileName: '' }, damage);
  const positions = Array.from({ length: COUNT + 1 }, (_, index) => uint32(index));
  const pieces = Buffer.concat([
    ...positions,
    ...positions
      .slice(1)
      .map((_, index) => Buffer.concat([Buffer.alloc(2), uint32(1024 + index * 2), Buffer.alloc(2)])),
  ]);
  const tables = new Map<number, Buffer>([
    [docTables.pieces, Buffer.concat([Buffer.from([2]), uint32(pieces.byteLength), pieces])],
    [docTables.footnoteReferences, Buffer.concat([...positions, Buffer.alloc(COUNT * 2)])],
    [docTables.footnoteTexts, Buffer.concat(positions)],
  ]);
  const made = docPackage(
    {
      ...doc,
      tableAt: (place) => ({ ...doc.tableAt(place), content: tables.get(place) ?? doc.tableAt(place).content }),
      story: () => ({ start: 0, end: COUNT }),
    },
    damage,
  );
  expect(String(made['word/footnotes.xml']).match(/<w:footnote /g)).toHaveLength(COUNT);
  expect(String(made['word/document.xml']).match(/<w:footnoteReference /g)).toHaveLength(COUNT);
});
