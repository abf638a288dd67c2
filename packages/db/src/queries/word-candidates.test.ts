import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AskedWord, chooseWordCandidates } from './word-candidates.ts';

const rare: AskedWord = { id: 1, chunkCount: 10, weight: 8 };
const middling: AskedWord = { id: 2, chunkCount: 1_500, weight: 3 };
const common: AskedWord = { id: 3, chunkCount: 9_000, weight: 1 };
const among = { libraryChunkCount: 20_000 };

test('rare words come whole, commoner ones where they are said strongly or together', () => {
  const { sets, missedScore } = chooseWordCandidates([common, middling, rare], { ...among, chunksMax: 1_200 });
  expect(sets).toEqual([[1], [2, 3], [-2]]);
  // The middling word alone, said weakly.
  expect(missedScore).toBeCloseTo(3, 1);
});

test('all chunks with a word are candidates where they are few enough', () => {
  const all = chooseWordCandidates([common, middling, rare], { ...among, chunksMax: 20_000 });
  expect(all).toEqual({ sets: [[3], [2], [1]], missedScore: 0 });
  expect(chooseWordCandidates([], { ...among, chunksMax: 1 })).toEqual({ sets: [], missedScore: 0 });
});

test('a question of common words alone still has candidates', () => {
  const chosen = chooseWordCandidates([{ ...common, chunkCount: 500_000 }], {
    libraryChunkCount: 1e6,
    chunksMax: 1_000,
  });
  expect(chosen.sets).toEqual([[-3]]);
});

/** As the index reads them. */
function isCandidate(sets: readonly number[][], keys: ReadonlySet<number>): boolean {
  return sets.some((set) => set.every((key) => keys.has(key)));
}

test('what says more is a candidate wherever what says less is one', () => {
  const words = fc.uniqueArray(
    fc.record({ id: fc.integer({ min: 1, max: 99 }), chunkCount: fc.integer({ min: 1, max: 50_000 }) }),
    { selector: ({ id }) => id, minLength: 1, maxLength: 8 },
  );
  fc.assert(
    fc.property(words, fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 8, maxLength: 8 }), (drawn, said) => {
      const asked = drawn.map((word) => ({ ...word, weight: Math.log(100_000 / word.chunkCount) }));
      const { sets } = chooseWordCandidates(asked, { libraryChunkCount: 100_000, chunksMax: 1_000 });
      expect(sets.length).toBeGreaterThan(0);
      const keysOf = (levels: readonly number[]) =>
        new Set(asked.flatMap(({ id }, index) => [[], [id], [id, -id]][levels[index] ?? 0] ?? []));
      const more = said.map((level) => Math.min(2, level + 1));
      expect(isCandidate(sets, keysOf(said)) && !isCandidate(sets, keysOf(more))).toBe(false);
    }),
  );
});

test('there are candidates of equally common words too, however many, and the rest says no more of three than it claims', () => {
  const libraryChunkCount = 100_000;
  const inputs = fc.record({
    wordCount: fc.integer({ min: 1, max: 12 }),
    chunkCount: fc.integer({ min: 1, max: libraryChunkCount }),
    chunksMax: fc.integer({ min: 100, max: 50_000 }),
    said: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 12, maxLength: 12 }),
  });
  fc.assert(
    fc.property(inputs, ({ wordCount, chunkCount, chunksMax, said }) => {
      const weight = Math.log(1 + libraryChunkCount / chunkCount);
      const asked = Array.from({ length: wordCount }, (_none, index) => ({ id: index + 1, chunkCount, weight }));
      const { sets, missedScore } = chooseWordCandidates(asked, { libraryChunkCount, chunksMax });
      expect(sets.length).toBeGreaterThan(0);
      expect(sets.every((set) => set.length > 0)).toBe(true);
      const levels = asked.map(({ id }, index) => ({ id, level: said[index] ?? 0 }));
      const keys = levels.flatMap(({ id, level }) => [[], [id], [id, -id]][level] ?? []);
      if (isCandidate(sets, new Set(keys))) return;
      const worths = levels.map(({ level }) => ([0, 1, 1.6][level] ?? 0) * weight).toSorted((a, b) => b - a);
      const three = worths.slice(0, 3).reduce((sum, worth) => sum + worth, 0);
      expect(three).toBeLessThanOrEqual(missedScore + 1e-9);
    }),
    {
      examples: [
        [{ wordCount: 12, chunkCount: 30_000, chunksMax: 2_000, said: Array<number>(12).fill(1) }],
        // The score that candidates must reach is that of three words said weakly, but for the last bit.
        [{ wordCount: 4, chunkCount: 27_035, chunksMax: 5_691, said: [0, 1, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0] }],
      ],
    },
  );
});
