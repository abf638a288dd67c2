import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CanonicalText, createCanonicalText } from './canonical-text.ts';
import { chunkDocument, chunkTokens, type DocumentChunk } from './chunk-document.ts';
import { estimateTokens } from './estimate-tokens.ts';
import type { Block, BlockKind } from './parsed-document.ts';
import { addTable } from './parsers/add-rows.ts';

/** Words of many scripts, marks that combine, families of several emoji, and what a keyboard cannot type. */
const piece = fc.oneof(
  { weight: 5, arbitrary: fc.stringMatching(/^[A-Za-zäß0-9,;'"(){}=-]{1,12}$/) },
  {
    weight: 2,
    arbitrary: fc.constantFrom('👩‍👩‍👧‍👦', '🇩🇪', 'e\u0301\u0323', 'क्षि', 'กำ', '각', '\u0301', '\u200d', '️', '🏽'),
  },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
);
const gap = fc.constantFrom(' ', ' ', ' ', '', '\n', '. ', '? ', '。', '\n\n', '\t');
const anyText = fc
  .tuple(fc.array(fc.tuple(piece, gap), { maxLength: 60 }), fc.integer({ min: 1, max: 14 }))
  .map(([parts, times]) =>
    parts
      .map(([word, after]) => word + after)
      .join('')
      .repeat(times),
  );
/** Long runs without a space. */
const solid = fc
  .tuple(piece, piece, fc.integer({ min: 1, max: 900 }))
  .map(([start, word, times]) => start + word.repeat(times));
const text = fc.oneof({ weight: 2, arbitrary: anyText }, { weight: 1, arbitrary: solid });

const proseKinds = ['paragraph', 'list-item', 'quote'] as const;
const anyBlock = fc.oneof(
  fc.record({ kind: fc.constantFrom<BlockKind>(...proseKinds, 'code'), text }),
  fc.record({ kind: fc.constant<BlockKind>('heading'), text, level: fc.integer({ min: 1, max: 6 }) }),
);
const rows = fc
  .tuple(fc.array(piece, { minLength: 1, maxLength: 5 }), fc.integer({ min: 0, max: 120 }), piece)
  .map(([header, count, word]) => [
    header.map((name, column) => `Column${column} ${name}`),
    ...Array.from({ length: count }, (_, row) => header.map((_name, column) => `cell${row}-${column} ${word}`)),
  ]);
const part = fc.oneof(
  { weight: 4, arbitrary: anyBlock.map((block) => ({ block })) },
  { weight: 1, arbitrary: rows.map((table) => ({ table })) },
);
type Part = { block: { kind: BlockKind; text: string; level?: number } } | { table: string[][] };

function build(parts: readonly Part[]) {
  const canonical: CanonicalText = createCanonicalText({ fileName: 'any', charactersMax: 10_000_000 });
  for (const one of parts) {
    if ('table' in one) addTable(canonical, one.table);
    else canonical.add(one.block);
  }
  return canonical.finish();
}
const documents = fc.array(part, { maxLength: 12 }).map(build);

type Document = ReturnType<typeof build>;
const blocksIn = ({ blocks }: Document, { startOffset, endOffset }: DocumentChunk): Block[] =>
  blocks.filter(({ start, end }) => start < endOffset && end > startOffset);

/** Checks each chunk of many documents. */
function forEachChunk(check: (document: Document, chunk: DocumentChunk) => void): void {
  fc.assert(
    fc.property(documents, (document) => {
      for (const chunk of chunkDocument(document)) check(document, chunk);
    }),
    { numRuns: 200 },
  );
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Where characters as people know them begin, and anywhere in what nobody writes: hundreds of accents on one letter. */
function startsOfCharacters(text: string): Set<number> {
  const starts = new Set([text.length]);
  for (const { index, segment } of graphemes.segment(text)) {
    const inner = segment.length > 64 ? segment.length : 1;
    for (let at = 0; at < inner; at += 1) starts.add(index + at);
  }
  return starts;
}

describe('for any document', () => {
  test('a chunk begins and ends where a character does, accents and all', () => {
    fc.assert(
      fc.property(documents, (document) => {
        const starts = startsOfCharacters(document.canonicalText);
        for (const { startOffset, endOffset } of chunkDocument(document)) {
          expect([starts.has(startOffset), starts.has(endOffset)]).toEqual([true, true]);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('what fits into a chunk stays whole: a paragraph, an item, a block of code, a table', () => {
    forEachChunk((document, { startOffset, endOffset }) => {
      for (const { start, end } of document.blocks) {
        if (estimateTokens(document.canonicalText, start, end) > chunkTokens.target) continue;
        // All of it is in this chunk, or nothing is.
        const whole = document.canonicalText.slice(start, end).trim();
        const inside = document.canonicalText.slice(Math.max(start, startOffset), Math.min(end, endOffset)).trim();
        expect(['', whole]).toContain(inside);
      }
    });
  });

  test('a chunk holds no more than its budget, by its own count', () => {
    forEachChunk((document, { content, tokenCount, startOffset, endOffset }) => {
      expect(tokenCount).toBe(estimateTokens(content));
      expect(tokenCount).toBeLessThanOrEqual(chunkTokens.max);
      expect(content).toBe(document.canonicalText.slice(startOffset, endOffset));
    });
  });

  test('rows of a table come with its header, or name their columns', () => {
    forEachChunk((document, chunk) => {
      for (const { kind, start, end } of blocksIn(document, chunk)) {
        if (kind !== 'table') continue;
        const lines = document.canonicalText.slice(start, end).split('\n');
        expect(lines[0]).toMatch(/^\| Column0/);
        expect(lines[1]).toMatch(/^\| ---/);
        // A header without rows may itself be longer than a chunk.
        expect(lines.length === 2 || chunk.content.includes(lines.join('\n'))).toBe(true);
      }
    });
  });

  test('the heading path is that of all in the chunk, and no part of its text', () => {
    forEachChunk((document, chunk) => {
      const paths = blocksIn(document, chunk).map((block) => pathAt(document, block));
      const [first = [], ...rest] = paths;
      const different = first.findIndex((title, depth) => rest.some((path) => path[depth] !== title));
      expect(chunk.headingPath).toEqual(first.slice(0, different < 0 ? undefined : different));
    });
  });
});

/** The headings above a block, itself included, found by looking back from it. */
function pathAt({ canonicalText, blocks }: Document, block: Block): string[] {
  const path: string[] = [];
  let below = Number.POSITIVE_INFINITY;
  for (const one of blocks.slice(0, blocks.indexOf(block) + 1).toReversed()) {
    if (one.kind !== 'heading' || (one.level ?? 1) >= below) continue;
    below = one.level ?? 1;
    path.unshift(canonicalText.slice(one.start, one.end));
  }
  return path;
}

/** Sentences that everybody takes for one, as they stand in letters, papers and contracts. */
const sentence = fc
  .tuple(
    fc.constantFrom('The', 'Ada', 'Mr. Quill', 'Dr. J. Brown', 'No. 5', 'E.g. the', 'In 1999, the U.S. team'),
    fc.array(
      fc.constantFrom(
        'keeper',
        'lamp',
        '3.5',
        'v1.2.3',
        'ca. 40',
        'Prof. Hill',
        'e.g. paint',
        'example.org',
        'Ångström',
      ),
      {
        minLength: 3,
        maxLength: 30,
      },
    ),
    fc.constantFrom('.', '!', '?', '.”', '…', '.)'),
  )
  .map(([start, words, end]) => `${start} ${words.join(' ')} went home${end}`);

test('a sentence that fits is never cut', () => {
  fc.assert(
    fc.property(fc.array(sentence, { minLength: 30, maxLength: 120 }), fc.constantFrom(...proseKinds), (all, kind) => {
      const document = build([{ block: { kind, text: all.join(' ') } }]);
      const ends = new Set<number>();
      let end = 0;
      for (const one of all) {
        end += one.length;
        ends.add(end);
        end += 1;
      }
      for (const chunk of chunkDocument(document)) expect(ends).toContain(chunk.endOffset);
    }),
  );
});
