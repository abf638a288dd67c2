import { growsTooFast } from '@twin/testing/slow-work';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitSentences } from './split-sentences.ts';

const sentencesOf = (text: string): string[] => splitSentences(text).map(({ start, end }) => text.slice(start, end));

test.each([
  ['One. Two! Three?', ['One.', 'Two!', 'Three?']],
  [
    'It costs 3.50 euros. Dr. Smith, e.g. the dentist, agrees.',
    ['It costs 3.50 euros.', 'Dr. Smith, e.g. the dentist, agrees.'],
  ],
  [
    'J. R. Hartley wrote it. He said "Stop." Then he left.',
    ['J. R. Hartley wrote it.', 'He said "Stop."', 'Then he left.'],
  ],
  ['It opens on 3. May at noon. Doors close later.', ['It opens on 3. May at noon.', 'Doors close later.']],
  ['Das Fest ist am 31. Dezember. Danach ist Ruhe.', ['Das Fest ist am 31. Dezember.', 'Danach ist Ruhe.']],
  ['It closed Jan. 5 for good. See Art. 5 on p. 12.', ['It closed Jan. 5 for good.', 'See Art. 5 on p. 12.']],
  ['We count 12. Then we stop in Jan. Snow falls.', ['We count 12.', 'Then we stop in Jan.', 'Snow falls.']],
  ['A line that\nwraps. Next.', ['A line that\nwraps.', 'Next.']],
  [
    'In 1975.[12] Later,[13] in 1983.[14]: 40 [15] Then.',
    ['In 1975.[12]', 'Later,[13] in 1983.[14]: 40 [15]', 'Then.'],
  ],
  ['Heading\n\nBody text', ['Heading', 'Body text']],
  ['- first item\n- second item\n1. numbered', ['- first item', '- second item', '1. numbered']],
  ['| a | b |\n| 1 | 2 |', ['| a | b |', '| 1 | 2 |']],
  [
    '| Groundhog Day | He wakes up. And again! | 1993 |\n\nIt ends. Well.',
    ['| Groundhog Day | He wakes up. And again! | 1993 |', 'It ends.', 'Well.'],
  ],
  [
    '5. Repairs. The tenant repairs it. He pays.\n6. Pets. One cat is allowed.',
    ['5. Repairs. The tenant repairs it.', 'He pays.', '6. Pets. One cat is allowed.'],
  ],
  [
    '40 guests came. Ada sang.\n3.5 kg remain. Ada ate.',
    ['40 guests came.', 'Ada sang.', '3.5 kg remain.', 'Ada ate.'],
  ],
  ['5.1. Repairs. He pays.', ['5.1. Repairs. He pays.']],
  ['1. Stop.\n2. Go on.', ['1. Stop.', '2. Go on.']],
  ['これは文です。次の文！', ['これは文です。', '次の文！']],
  ['What is this… and that?', ['What is this… and that?']],
  ['  ', []],
])('%j', (text, sentences) => {
  expect(sentencesOf(text)).toEqual(sentences);
});

test('sentences are in order, never overlap, hold every visible character and stay below 600 characters', () => {
  const text = fc.array(fc.constantFrom('a', 'B', ' ', '.', '\n', '!', '"', '1', '。', '😀', 'word ', '- '), {
    maxLength: 900,
  });
  fc.assert(
    fc.property(text, (pieces) => {
      const whole = pieces.join('');
      let end = 0;
      for (const range of splitSentences(whole)) {
        expect(range.start).toBeGreaterThanOrEqual(end);
        expect(range.end - range.start).toBeLessThanOrEqual(600);
        end = range.end;
      }
      expect(sentencesOf(whole).join('').replaceAll(/\s/g, '')).toBe(whole.replaceAll(/\s/g, ''));
    }),
  );
});

test.each([
  ['marks in quotation marks, and spaces', ['."', '. ', ' ']],
  ['blank lines', ['\n', ' \n']],
])('hostile text takes linear time: %s', async (_, pieces) => {
  const split = (length: number) => splitSentences(pieces.map((piece) => piece.repeat(length)).join(''));
  expect(await growsTooFast(split, { small: 10_000, large: 100_000, timesMax: 25 })).toBe(false);
});
