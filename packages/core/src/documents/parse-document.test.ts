import { makeDocx, makeDocxBomb } from '@twin/testing/fixtures/docx';
import { listFixtureFiles } from '@twin/testing/fixtures/fixture-files';
import { makePdf } from '@twin/testing/fixtures/pdf';
import { isSlow } from '@twin/testing/slow-work';
import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { AppError } from '../app-error.ts';
import { parseDocument } from './parse-document.ts';
import type { ParsedDocument } from './parsed-document.ts';
import { readLimits } from './read-limits.ts';

function parse(fileName: string, bytes: Uint8Array | string, options: Partial<typeof readLimits> = {}) {
  const content = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes;
  const recognition = { languages: ['eng'] };
  return parseDocument({
    bytes: content,
    fileName,
    mediaType: null,
    recognition,
    limits: { ...readLimits, ...options },
  });
}

async function refusal(reading: Promise<unknown>): Promise<AppError> {
  const error: unknown = await reading.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof AppError)) throw new Error(`Expected a refusal, got ${String(error)}`);
  return error;
}

/** `kind: text` of every block, which also shows that the offsets cut out exactly that text. */
function outline(parsed: ParsedDocument): string[] {
  return parsed.blocks.map((block) => {
    const name = block.level === undefined ? block.kind : `${block.kind}${block.level}`;
    return `${name}: ${parsed.canonicalText.slice(block.start, block.end)}`;
  });
}

const fixtures = listFixtureFiles().filter((file) => file.bytes.length > 0);
const readable = fixtures.flatMap(({ expected, ...file }) =>
  'contains' in expected ? [{ ...file, ...expected }] : [],
);
const refused = fixtures.flatMap(({ expected, ...file }) => ('reason' in expected ? [{ ...file, expected }] : []));

test.each(readable)('$fileName is read', async ({ fileName, bytes, contains }) => {
  expect((await parse(fileName, bytes)).canonicalText).toContain(contains);
});

test.each(refused)('$fileName is refused: $expected.reason', async ({ fileName, bytes, expected }) => {
  const error = await refusal(parse(fileName, bytes));
  expect({ code: error.code, reason: error.reason }).toEqual(expected);
  expect(error.message).toContain(fileName);
});

test('a Markdown file keeps its structure and leaves front matter out of the text', async () => {
  const file = listFixtureFiles().find(({ fileName }) => fileName === 'garden.md')!;
  const parsed = await parse(file.fileName, file.bytes);
  expect(parsed.title).toBe('The garden book');
  expect(outline(parsed)).toEqual([
    'heading1: The garden book',
    'heading2: Watering',
    'paragraph: The tomatoes are watered at six in the morning, see the plan (https://garden.example/plan).',
    'table: | Bed | Litres |\n| --- | --- |\n| Tomatoes | 12 |\n| Beans | 7 |',
    'code: water --bed tomatoes --litres 12',
    'list-item: 1. Open the valve.',
    'list-item: 2. Close it after ten minutes.',
  ]);
});

test('a web page yields its article without scripts, menus or footers', async () => {
  const file = listFixtureFiles().find(({ fileName }) => fileName === 'museum.html')!;
  const parsed = await parse(file.fileName, file.bytes);
  expect(parsed.title).toBe('The lamp museum');
  expect(parsed.canonicalText).not.toMatch(/document\.title|color:red|cookies/);
  expect(outline(parsed)).toContain('heading2: Opening hours');
  expect(outline(parsed)).toContain('table: | Ticket | Price |\n| --- | --- |\n| Adult | 9 € |\n| Child | 3 € |');
  expect(outline(parsed)).toContain('code: lamp --list\nlamp --light 17');
});

test('a Word document keeps headings, tables, lists and the text of its page header', async () => {
  const file = listFixtureFiles().find(({ fileName }) => fileName === 'minutes.docx')!;
  const parsed = await parse(file.fileName, file.bytes);
  expect(parsed.title).toBe('Council minutes');
  expect(outline(parsed)).toEqual([
    'heading1: Minutes',
    'paragraph: The council met on the first Tuesday & agreed on a new bridge.',
    'heading2: Costs',
    'table: | Item | Cost |\n| --- | --- |\n| Steel | 1,200 |\n| Paint | 90 |',
    'list-item: Ask three builders for offers.',
    'paragraph: Not for the press',
  ]);
});

test('a PDF keeps pages, finds headings by size and joins words broken at line ends', async () => {
  const file = listFixtureFiles().find(({ fileName }) => fileName === 'voyage.pdf')!;
  const parsed = await parse(file.fileName, file.bytes);
  expect(parsed).toMatchObject({ title: 'Log of the Meridian', pageCount: 2, mediaType: 'application/pdf' });
  expect(outline(parsed)).toContain('heading1: The return');
  expect(parsed.blocks.map((block) => block.page)).toEqual([1, 1, 2, 2]);
});

test('a PDF page without text is told of, and the others are read', async () => {
  const parsed = await parse('mixed.pdf', makePdf([['Words on the first page.'], [], [], ['And on the fourth.']]));
  expect(parsed.warnings).toEqual(['Pages 2–3 were blank, or without legible text.']);
  expect(parsed.canonicalText).toContain('And on the fourth.');
});

test('a name does not decide what a file is: its bytes do', async () => {
  expect((await parse('report.txt', makePdf([['Really a PDF.']]))).mediaType).toBe('application/pdf');
  expect((await parse('report.pdf', makeDocx([{ paragraph: 'Really Word.' }]))).canonicalText).toBe('Really Word.');
  expect((await parse('page.txt', '<!DOCTYPE html><p>Really <b>HTML</b>.')).canonicalText).toBe('Really HTML.');
});

test.each(['The free turbulent mixing of a jet.', 'The wide river.', 'ID3 tags hold a title.', 'BMP files are large.'])(
  'a text whose first letters are the signature of another format is a text: %s',
  async (text) => {
    expect((await parse('note.txt', text)).canonicalText).toBe(text);
  },
);

test('a film is refused, whatever it is called', async () => {
  const film = new Uint8Array([0, 0, 0, 24, ...strToU8('ftypisom'), 0, 0, 2, 0, ...strToU8('isomiso2mp41')]);
  expect((await refusal(parse('note.txt', film))).reason).toBe('media');
});

test('a Word document that declares too much is refused, and one that declares too little is not believed', async () => {
  const honest = makeDocxBomb({ inflatedBytes: 4_000_000, declaredBytes: 3_000_000_000 });
  expect((await refusal(parse('bomb.docx', honest))).reason).toBe('unpacks-too-large');
  const lying = makeDocxBomb({ inflatedBytes: 64_000_000, declaredBytes: 1_000 });
  const refuse = async () => expect((await refusal(parse('liar.docx', lying))).reason).toBe('corrupt');
  expect(await isSlow(refuse, 5_000)).toBe(false);
});

test('a Word document with a document type declaration is refused', async () => {
  const document = '<!DOCTYPE x [<!ENTITY a "aaaa">]><w:document>&a;</w:document>';
  const bytes = zipSync({ '[Content_Types].xml': strToU8('<Types/>'), 'word/document.xml': strToU8(document) });
  expect((await refusal(parse('entities.docx', bytes))).reason).toBe('corrupt');
});

test('text and page limits are kept', async () => {
  expect((await refusal(parse('long.txt', 'word '.repeat(100), { charactersMax: 100 }))).reason).toBe('too-large');
  const table = `Name,Cakes\n${'Ada,2\n'.repeat(500_000)}`;
  expect((await refusal(parse('long.csv', table, { charactersMax: 2_000_000 }))).message).toBe(
    '“long.csv” holds 3 million characters, and a single document may hold 2 million. Split it into files of 1 million characters or fewer, about 1 MB, each with the row of column names, and upload those.',
  );
  const threePages = makePdf([['one'], ['two'], ['three']]);
  expect((await refusal(parse('three.pdf', threePages, { pagesMax: 2 }))).reason).toBe('too-many-pages');
});

test('text is normalised: composed characters, one kind of line end, nothing invisible', async () => {
  const parsed = await parse('odd.txt', 'cafe\u0301\r\nso\u00adft\u200b\r\rnext\u0007 para\ufeffgraph');
  expect(parsed.canonicalText).toBe('caf\u00e9\nsoft\n\nnext paragraph');
});

test.each([
  ['notes.one', 'e4525c7b8cd8a74daeb15378d02996d3'],
  ['letter.wpd', 'ff575043100000000110'],
])('%s is refused as a document of a program, not as unknown', async (fileName, start) => {
  expect((await refusal(parse(fileName, Buffer.from(start, 'hex')))).reason).toBe('office');
});

test('outlines and e-books in XML are not taken for empty pages, or read with their pictures', async () => {
  const outline = '<?xml version="1.0"?><opml><head/><body><outline text="Plant beans"/></body></opml>';
  expect((await parse('todo.opml', outline)).canonicalText).toContain('Plant beans');
});
