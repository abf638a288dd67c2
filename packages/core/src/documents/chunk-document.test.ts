import { growsTooFast } from '@twin/testing/slow-work';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCanonicalText } from './canonical-text.ts';
import { chunkDocument, chunkTokens } from './chunk-document.ts';
import type { BlockKind } from './parsed-document.ts';

const sentence = fc
  .array(fc.stringMatching(/^[A-Za-z0-9äöüß,'"|()-]{1,14}$/), { minLength: 1, maxLength: 40 })
  .map((words) => `${words.join(' ')}.`);
const text = fc.oneof(
  { weight: 4, arbitrary: fc.array(sentence, { maxLength: 30 }).map((sentences) => sentences.join(' ')) },
  { weight: 1, arbitrary: fc.array(sentence, { maxLength: 60 }).map((lines) => lines.join('\n')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 4000 }) },
  { weight: 1, arbitrary: fc.stringMatching(/^[一-龠ぁ-ん]{0,900}$/) },
);
const block = fc.record({
  kind: fc.constantFrom<BlockKind>('heading', 'paragraph', 'list-item', 'table', 'code', 'quote'),
  text,
  level: fc.integer({ min: 1, max: 6 }),
  page: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
  part: fc.option(fc.constantFrom('a.pdf', 'b.eml', 'b.eml › c.pdf'), { nil: undefined }),
});

interface BuiltBlock {
  kind: BlockKind;
  text: string;
  level?: number;
  page?: number | undefined;
  part?: string | undefined;
}

function build(blocks: BuiltBlock[]) {
  const canonical = createCanonicalText({ fileName: 'test.md', charactersMax: 10_000_000 });
  for (const { level, ...rest } of blocks)
    canonical.add({ ...rest, level: rest.kind === 'heading' ? level : undefined });
  return canonical.finish();
}

const documents = fc.array(block, { maxLength: 25 }).map(build);

describe('for any document', () => {
  test('every chunk is exactly the text at its offsets, and is not empty', () => {
    fc.assert(
      fc.property(documents, (document) => {
        for (const chunk of chunkDocument(document)) {
          expect(chunk.content).toBe(document.canonicalText.slice(chunk.startOffset, chunk.endOffset));
          expect(chunk.content.trim()).not.toBe('');
        }
      }),
    );
  });

  test('chunks are in order, do not overlap, and leave out white space alone', () => {
    fc.assert(
      fc.property(documents, (document) => {
        let end = 0;
        let ordinal = 0;
        for (const chunk of chunkDocument(document)) {
          expect(chunk.ordinal).toBe(ordinal);
          expect(chunk.startOffset).toBeGreaterThanOrEqual(end);
          expect(document.canonicalText.slice(end, chunk.startOffset).trim()).toBe('');
          end = chunk.endOffset;
          ordinal += 1;
        }
        expect(document.canonicalText.slice(end).trim()).toBe('');
      }),
    );
  });

  test('a chunk is of one part, and its pages are those of its blocks, the first one first', () => {
    fc.assert(
      fc.property(documents, (document) => {
        for (const { startOffset, endOffset, pageFrom, pageTo } of chunkDocument(document)) {
          const inside = document.blocks.filter(({ start, end }) => start < endOffset && end > startOffset);
          expect(new Set(inside.map(({ part }) => part)).size).toBe(1);
          const pages = inside.flatMap(({ page }) => page ?? []);
          expect([pageFrom, pageTo]).toEqual(
            pages.length === 0 ? [null, null] : [Math.min(...pages), Math.max(...pages)],
          );
        }
      }),
    );
  });

  test('no chunk exceeds the token limit or splits a character in two', () => {
    fc.assert(
      fc.property(documents, (document) => {
        for (const chunk of chunkDocument(document)) {
          expect(chunk.tokenCount).toBeLessThanOrEqual(chunkTokens.max);
          expect(chunk.content.isWellFormed()).toBe(true);
        }
      }),
    );
  });
});

const words = (count: number) => Array.from({ length: count }, (_, index) => `word${index}`).join(' ');

test('a heading starts a chunk and names the path of all in it', () => {
  const document = build([
    { kind: 'heading', level: 1, text: 'Manual' },
    { kind: 'paragraph', text: `Intro ${words(90)}.` },
    { kind: 'heading', level: 2, text: 'Setup' },
    { kind: 'paragraph', text: `Setup ${words(90)}.`, page: 2 },
    { kind: 'heading', level: 2, text: 'Use' },
    { kind: 'paragraph', text: `Use ${words(90)}.`, page: 3 },
  ]);
  const chunks = [...chunkDocument(document)];
  expect(chunks.map((chunk) => [chunk.content.split('\n')[0], chunk.headingPath, chunk.pageFrom])).toEqual([
    ['Manual', ['Manual'], null],
    ['Setup', ['Manual', 'Setup'], 2],
    ['Use', ['Manual', 'Use'], 3],
  ]);
});

test('tiny sections share a chunk under the path they have in common', () => {
  const document = build([
    { kind: 'heading', level: 1, text: 'Contacts' },
    { kind: 'heading', level: 2, text: 'Ada' },
    { kind: 'paragraph', text: 'Room 4.' },
    { kind: 'heading', level: 2, text: 'Ben' },
    { kind: 'paragraph', text: 'Room 5.' },
  ]);
  expect([...chunkDocument(document)].map((chunk) => chunk.headingPath)).toEqual([['Contacts']]);
});

test('a long paragraph is cut between sentences only, also where its lines are wrapped', () => {
  const sentences = Array.from({ length: 60 }, (_, index) => `Sentence ${index} is made\nof a few plain words here.`);
  const chunks = [...chunkDocument(build([{ kind: 'paragraph', text: sentences.join(' ') }]))];
  expect(chunks.length).toBeGreaterThan(1);
  for (const chunk of chunks) expect(chunk.content).toMatch(/^Sentence[\s\S]*here\.$/);
});

test('a paragraph as long as a book is cut between sentences too', () => {
  const sentences = Array.from(
    { length: 6_000 },
    (_, index) => `Sentence ${index} of a book says 3.5 plain things here.`,
  );
  const chunks = [...chunkDocument(build([{ kind: 'paragraph', text: sentences.join(' ') }]))];
  expect(chunks.length).toBeGreaterThan(100);
  for (const chunk of chunks) expect(chunk.content).toMatch(/^Sentence.*here\.$/s);
});

test('a table and a code block that fit stay whole', () => {
  const table = `| a | b |\n| --- | --- |\n${'| one | two |\n'.repeat(30)}`.trim();
  const document = build([
    { kind: 'paragraph', text: words(150) },
    { kind: 'table', text: table },
    { kind: 'paragraph', text: words(150) },
  ]);
  expect([...chunkDocument(document)].some((chunk) => chunk.content.includes(table))).toBe(true);
});

test('two million characters are chunked in time that grows with their number', async () => {
  const chunk = (count: number) => {
    const document = build([
      { kind: 'paragraph', text: words(count) },
      { kind: 'code', text: 'x'.repeat(count) },
    ]);
    return [...chunkDocument(document)].length;
  };
  expect(chunk(200_000)).toBeGreaterThan(chunk(20_000) * 9);
  expect(await growsTooFast(chunk, { small: 20_000, large: 200_000, timesMax: 30 })).toBe(false);
});

test('code keeps the indent of its first line, where a passage begins with it and where it is cut', () => {
  const lines = Array.from({ length: 120 }, (_, index) => `    total_${index} = add(total_${index}, ${index})`);
  const canonicalText = lines.join('\n');
  const document = { canonicalText, blocks: [{ kind: 'code' as const, start: 0, end: canonicalText.length }] };
  const contents = [...chunkDocument(document)].map(({ content }) => content);
  expect(contents.length).toBeGreaterThan(2);
  expect(contents.join('\n')).toBe(canonicalText);
});
