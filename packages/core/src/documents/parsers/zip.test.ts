import { makeBlankPdf, makePdf } from '@twin/testing/fixtures/pdf';
import { makeZip, markEncrypted, zipOfItself } from '@twin/testing/fixtures/zip';
import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { outlineOf, readBytes, readFixture, refusalOf } from '../../testing/read-fixture.ts';
import { chunkDocument } from '../chunk-document.ts';
import { parseDocument } from '../parse-document.ts';
import { readLimits } from '../read-limits.ts';
import { createReadBudget } from './read-budget.ts';

const text = (content: string) => new TextEncoder().encode(content);

test('each file is a section under its path; clutter is left out and a damaged file is told of', async () => {
  const parsed = await readFixture('papers.zip');
  expect(outlineOf(parsed)).toEqual([
    'heading1: notes/well.md',
    'heading2: The well',
    'paragraph: It is nine metres deep.',
    'heading1: etc/passwd.txt',
    'paragraph: A name that leads nowhere.',
    'heading1: inner.zip',
    'heading2: deep.txt',
    'paragraph: Found inside of an archive in an archive.',
  ]);
  expect(parsed.warnings).toEqual([expect.stringMatching(/^Not read: “broken\.docx” is damaged/)]);
});

test('archives are opened three levels deep and no deeper', async () => {
  const nested = (levels: number): Uint8Array<ArrayBuffer> =>
    makeZip(levels === 0 ? { 'core.txt': text('The core.') } : { 'in.zip': nested(levels - 1) });
  expect((await readBytes('deep.zip', nested(2))).canonicalText).toContain('The core.');
  expect(await refusalOf(readBytes('deeper.zip', nested(3)))).toBe('archive');
});

test('an archive that holds itself, without end, is given up where archives are', async () => {
  expect(zipOfItself).toHaveLength(440);
  expect(await refusalOf(readBytes('r.zip', zipOfItself))).toBe('archive');
  const parsed = await readBytes('r.zip', makeZip({ 'r.zip': zipOfItself, 'a.txt': text('Beside it.') }));
  expect(parsed.canonicalText).toBe('a.txt\n\nBeside it.');
});

test.each([
  ['that it inflates to 10 bytes, where it is 60 MB', 24, 10],
  ['that it takes 10 bytes, where it takes 60 kB', 20, 10],
])('a file of which the directory says %s is told of, and the others are read', async (_, offset, size) => {
  const bytes = Buffer.from(makeZip({ 'a.txt': text('First.'), 'b.txt': new Uint8Array(60_000_000).fill(97) }));
  expect(bytes.length).toBeLessThan(100_000);
  bytes.writeUInt32LE(size, bytes.lastIndexOf('b.txt') - 46 + offset);
  const parsed = await readBytes('lying.zip', new Uint8Array(bytes));
  expect(parsed.canonicalText).toBe('a.txt\n\nFirst.');
  expect(parsed.warnings).toEqual([expect.stringContaining('“b.txt” is damaged')]);
});

test('a directory that speaks of 4 GB costs no more than what is there', async () => {
  const saying = (offset: number) => {
    const bytes = Buffer.from(makeZip({ 'a.txt': text('First.') }));
    bytes.writeUInt32LE(0xff_ff_ff_fe, bytes.lastIndexOf('a.txt') - 46 + offset);
    return readBytes('lying.zip', new Uint8Array(bytes));
  };
  const [packedSize, inflatedSize] = [20, 24];
  expect((await saying(packedSize)).canonicalText).toBe('a.txt\n\nFirst.');
  expect(await refusalOf(saying(inflatedSize))).toBe('unpacks-too-large');
});

test('what all archives in an upload inflate to is counted together', async () => {
  const inner = makeZip({ 'zeros.bin': new Uint8Array(60_000_000) });
  const bomb = makeZip({ 'a.zip': inner, 'b.zip': inner, 'c.zip': inner, 'd.zip': inner });
  expect(bomb.length).toBeLessThan(1_000_000);
  expect(await refusalOf(readBytes('bomb.zip', bomb))).toBe('unpacks-too-large');
});

test('an archive of very many files is refused before any is inflated', async () => {
  const many = Object.fromEntries(Array.from({ length: 10_001 }, (_, index) => [`${index}.txt`, text('x')]));
  expect(await refusalOf(readBytes('many.zip', makeZip(many)))).toBe('too-many-files');
});

test('an archive that is locked as a whole asks for its password', async () => {
  expect(await refusalOf(readBytes('locked.zip', markEncrypted(makeZip({ 'a.txt': text('x') }))))).toBe(
    'password-required',
  );
});

test('names that mean something to JavaScript are only names', async () => {
  const parsed = await readBytes(
    'proto.zip',
    makeZip({ 'constructor.txt': text('One.'), 'a/__proto__': text('Two.') }),
  );
  expect(parsed.canonicalText).toContain('Two.');
  expect(Object.keys(Object.prototype)).toEqual([]);
});

test('an archive without documents is refused', async () => {
  expect(await refusalOf(readBytes('empty.zip', makeZip({})))).toBe('empty');
  expect(await refusalOf(readBytes('bytes.zip', makeZip({ 'a.bin': Uint8Array.of(0, 1, 2, 0) })))).toBe('archive');
});

test('entries that share the same compressed bytes are counted as often as they are read', async () => {
  const single = Buffer.from(makeZip({ 'a.bin': new Uint8Array(30_000_000) }));
  const end = single.length - 22;
  const directory = single.subarray(single.readUInt32LE(end + 16), end);
  const copies = Array.from({ length: 9 }, (_, index) => {
    const entry = Buffer.from(directory);
    entry.write(String(index), 46);
    return entry;
  });
  const tail = Buffer.from(single.subarray(end));
  tail.writeUInt16LE(copies.length, 8);
  tail.writeUInt16LE(copies.length, 10);
  tail.writeUInt32LE(directory.length * copies.length, 12);
  const bomb = Buffer.concat([single.subarray(0, single.readUInt32LE(end + 16)), ...copies, tail]);
  expect(bomb.length).toBeLessThan(40_000);
  expect(await refusalOf(readBytes('overlap.zip', new Uint8Array(bomb)))).toBe('unpacks-too-large');
});

test('a file that is damaged or locked by itself is told of, and the others are read', async () => {
  const archive = Buffer.from(makeZip({ 'a.txt': text('First.'), 'b.txt': text('Second.'), 'c.txt': text('Third.') }));
  const entry = archive.lastIndexOf('b.txt') - 46;
  const damaged = Buffer.from(archive);
  damaged.writeUInt32LE(7, entry + 16);
  const locked = Buffer.from(archive);
  locked.writeUInt16LE(1, entry + 8);
  for (const [bytes, warning] of [
    [damaged, /^Not read: “b\.txt” is damaged/],
    [locked, /^Not read: “b\.txt” is locked with a password\. Save a copy without the password/],
  ] as const) {
    const parsed = await readBytes('some.zip', new Uint8Array(bytes));
    expect(parsed.canonicalText).toBe('a.txt\n\nFirst.\n\nc.txt\n\nThird.');
    expect(parsed.warnings).toEqual([expect.stringMatching(warning)]);
  }
});

test('nobody is asked for the password of a PDF inside of an archive', async () => {
  const files = { 'a.txt': text('First.'), 'b.pdf': makePdf([['x']], { password: 'secret' }) };
  expect((await readBytes('some.zip', makeZip(files))).warnings).toEqual([
    expect.stringMatching(/“b\.pdf” is locked with a password\. Save a copy without the password/),
  ]);
});

test('no passage holds text of two files, so that its pages are those of one', async () => {
  const files = { 'a.pdf': makePdf([[], [], ['Page three of a.']]), 'b.pdf': makePdf([['Page one of b.']]) };
  const chunks = [...chunkDocument(await readBytes('two.zip', makeZip(files)))];
  expect(chunks.map(({ content, pageFrom, pageTo }) => [content, pageFrom, pageTo])).toEqual([
    ['a.pdf\n\nPage three of a.', 3, 3],
    ['b.pdf\n\nPage one of b.', 1, 1],
  ]);
});

test('a file that is too long by itself is told of, and the others are read', async () => {
  const bytes = makeZip({
    'long.csv': text('Name,Value\nrope,1\n'.repeat(20)),
    'a.txt': text('First.'),
    'b.txt': text('Second.'),
  });
  const limits = { ...readLimits, charactersMax: 200 };
  const parsed = await parseDocument({ bytes, fileName: 'some.zip', mediaType: null, limits });
  expect(parsed.canonicalText).toBe('a.txt\n\nFirst.\n\nb.txt\n\nSecond.');
  expect(parsed.warnings).toEqual([expect.stringMatching(/^Not read: “long\.csv” holds .*characters/)]);
});

test('files that are too long together are refused together', async () => {
  const bytes = makeZip({ 'a.txt': text('First. '.repeat(20)), 'b.txt': text('Second. '.repeat(20)) });
  const limits = { ...readLimits, charactersMax: 200 };
  expect(await refusalOf(parseDocument({ bytes, fileName: 'some.zip', mediaType: null, limits }))).toBe('too-large');
});

test('an archive may inflate to four times its size where that is more than 200 MB', () => {
  expect(createReadBudget(1_000).inflatedBytesLeft).toBe(200 * 1024 * 1024);
  expect(createReadBudget(400_000_000).inflatedBytesLeft).toBe(1_600_000_000);
});

const long = 'First. '.repeat(60);

test.each([
  ['some.zip', makeZip({ 'long.txt': text(long), 'a.bin': Uint8Array.of(0, 1, 2, 0) })],
  ['outer.zip', makeZip({ 'inner.zip': makeZip({ 'long.txt': text(long) }) })],
  ['some.mbox', text(`From ada@example.org Fri Mar  6 10:00:00 2026\nSubject: Long\n\n${long}\n`)],
])('%s, which holds nothing but what is too long, is refused for that', async (fileName, bytes) => {
  const limits = { ...readLimits, charactersMax: 200 };
  await expect(parseDocument({ bytes, fileName, mediaType: null, limits })).rejects.toMatchObject({
    reason: 'too-large',
    message: expect.stringContaining(`“${fileName}” holds more text`),
  });
});

test('an archive is not refused for the pictures of another one', async () => {
  const inner = makeZip({ 'a.bin': Uint8Array.of(0, 1, 2, 0) });
  const bytes = makeZip({ 'a.txt': text('First.'), 'b.pdf': makeBlankPdf(), 'inner.zip': inner });
  const { warnings } = await parseDocument({ bytes, fileName: 'some.zip', mediaType: null, limits: readLimits });
  expect(warnings).toEqual([
    expect.stringMatching(/“b\.pdf” holds pictures/),
    expect.stringMatching(/“inner\.zip” is an archive without a document/),
  ]);
});

test.each([
  ['old.pages', { 'buildVersionHistory.plist': 'x', 'index.xml': '<a/>', 'QuickLook/Preview.pdf': 'x' }],
  ['talk.key', { 'Talk.key/Metadata/BuildVersionHistory.plist': 'x', 'Talk.key/Index.zip': 'x' }],
  ['old.sxw', { mimetype: 'application/vnd.sun.xml.writer', 'content.xml': '<a>It rained.</a>' }],
])('the parts of %s, which no parser knows, are no documents', async (fileName, parts) => {
  const bytes = zipSync(Object.fromEntries(Object.entries(parts).map(([path, text]) => [path, strToU8(text)])));
  expect(await refusalOf(readBytes(fileName, bytes))).toBe('office');
});

test('a folder as Pages keeps it is nothing to read, and what lies beside it is', async () => {
  const bytes = zipSync({ 'Talk.key/Index.zip': strToU8('x'), 'notes.md': strToU8('It rained.') });
  expect((await readBytes('all.zip', bytes)).canonicalText).toContain('It rained.');
});
