import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { chunkDocument, createChunker } from '../chunk-document.ts';
import { parseDocument } from '../parse-document.ts';
import type { TextPart } from '../parsed-document.ts';
import { readLimits } from '../read-limits.ts';

const cell = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('', ' ', 'rain', 'snow', '41,5', 'a|b', 'Brücke 🌧', '"', 'say "so"') },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 40 }).map((times) => 'a sentence of some words. '.repeat(times)) },
);
const row = fc.array(cell, { maxLength: 5 }).map((cells) => cells.map(quote).join(';'));
const table = fc.record({
  rows: fc.array(row, { minLength: 1, maxLength: 60 }),
  lineEnd: fc.constantFrom('\n', '\r\n'),
  isUtf16: fc.boolean(),
});

/** Most cells as a program would write them; some marks stay as they are, and may never be closed. */
function quote(text: string): string {
  return /[;\r\n]/.test(text) || text.length % 7 === 3 ? `"${text.replaceAll('"', '""')}"` : text;
}

async function read(bytes: Uint8Array, partCharacters?: number) {
  const parts: TextPart[] = [];
  const limits = { ...readLimits, ...(partCharacters !== undefined && { partCharacters }) };
  const onPart = async (part: TextPart) => void (await Promise.resolve(parts.push(part)));
  const taken = partCharacters === undefined ? {} : { onPart };
  const parsed = await parseDocument({ bytes, fileName: 'a.csv', mediaType: null, limits, ...taken });
  const { textStart: start = 0, canonicalText: text, blocks, ...rest } = parsed;
  return { parts: [...parts, { start, text, blocks }], rest };
}

test('in parts of any size a table has the text, the blocks and the passages that it has in one piece', async () => {
  let mostParts = 0;
  await fc.assert(
    fc.asyncProperty(table, fc.integer({ min: 4, max: 900 }), async ({ rows, lineEnd, isUtf16 }, partCharacters) => {
      const content = `${rows.join(lineEnd)}${lineEnd}Station;Rain${lineEnd}`;
      const bytes = isUtf16 ? Buffer.from(`\ufeff${content}`, 'utf16le') : new TextEncoder().encode(content);
      const whole = await read(Uint8Array.from(bytes));
      const { parts, rest } = await read(Uint8Array.from(bytes), partCharacters);
      mostParts = Math.max(mostParts, parts.length);
      const [one] = whole.parts as [TextPart];
      expect(whole.parts).toHaveLength(1);
      expect(parts.map(({ text }) => text).join('')).toBe(one.text);
      expect(parts.flatMap(({ blocks }) => blocks)).toEqual(one.blocks);
      expect(rest).toEqual(whole.rest);
      let end = 0;
      for (const part of parts) {
        expect(part.start).toBe(end);
        for (const block of part.blocks) expect(block.start >= end && block.end <= end + part.text.length).toBe(true);
        end += part.text.length;
      }
      const chunker = createChunker();
      const chunks = [...parts.flatMap((part) => [...chunker.add(part)]), ...chunker.end()];
      expect(chunks).toEqual([...chunkDocument({ canonicalText: one.text, blocks: one.blocks })]);
    }),
    { numRuns: 300 },
  );
  expect(mostParts).toBeGreaterThan(4);
}, 60_000);

test('no part is taken before the one before it has been stored, and each is little more than what was asked for', async () => {
  const bytes = new TextEncoder().encode(`Station,Rain\n${'North,4\n'.repeat(100_000)}`);
  let taking = 0;
  let longest = 0;
  const limits = { ...readLimits, partCharacters: 50_000 };
  const parsed = await parseDocument({
    bytes,
    fileName: 'a.csv',
    mediaType: null,
    limits,
    async onPart({ text }) {
      taking += 1;
      expect(taking).toBe(1);
      await new Promise((resolve) => setImmediate(resolve));
      longest = Math.max(longest, text.length);
      taking -= 1;
    },
  });
  expect(parsed.textStart).toBeGreaterThan(1_000_000);
  expect(longest).toBeLessThan(200_000);
});

test('a table in parts may be longer than other texts, and says what to do where it is longer still', async () => {
  const bytes = () => new TextEncoder().encode(`Name,Cakes\n${'Ada,2\n'.repeat(500_000)}`);
  const onPart = () => Promise.resolve();
  const limits = { ...readLimits, charactersMax: 1_000_000 };
  const parse = (tableCharactersMax: number) =>
    parseDocument({
      bytes: bytes(),
      fileName: 'long.csv',
      mediaType: null,
      limits: { ...limits, tableCharactersMax },
      onPart,
    });
  expect((await parse(10_000_000)).textStart).toBeGreaterThan(5_000_000);
  await expect(parse(2_000_000)).rejects.toThrow(
    '“long.csv” holds 3 million characters, and a single document may hold 2 million. Split it into files of 1 million characters or fewer, about 1 MB, each with the row of column names, and upload those.',
  );
  // The file itself is within the limit; what is made of it is not.
  await expect(parse(4_000_000)).rejects.toThrow(
    '“long.csv” holds too many characters, and a single document may hold 4 million. Split it into files of 2 million characters',
  );
});
