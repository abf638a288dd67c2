import { makePdf } from '@twin/testing/fixtures/pdf';
import { expect, test } from 'vitest';
import { readBytes } from '../../testing/read-fixture.ts';

/** A line of text whose letters stand so much further apart, in points, as pdf.js sees them: without a space between. */
const apart = (text: string, points: number, y: number) => ({
  operators: `BT /F1 12 Tf ${points} Tc 1 0 0 1 60 ${y} Tm (${text}) Tj ET`,
});

/** Each letter placed by itself, as far apart as said; spaces are left open, or written too. */
function placed(text: string, points: number, y: number, { writesSpaces = false } = {}) {
  const letters = Array.from(text, (letter, index) => ({ letter, x: 60 + index * (7 + points) }));
  const shown = letters.filter(({ letter }) => writesSpaces || letter !== ' ');
  return { operators: shown.map(({ letter, x }) => `BT /F1 12 Tf 1 0 0 1 ${x} ${y} Tm (${letter}) Tj ET`).join('\n') };
}

async function textOf(...lines: Parameters<typeof makePdf>[0][number]): Promise<string[]> {
  const { canonicalText } = await readBytes('cv.pdf', makePdf([lines]));
  return canonicalText.split('\n\n');
}

test.each([1.5, 2, 3, 6])(
  'words whose letters stand %s points apart are words, with the spaces between them',
  async (points) => {
    const text = await textOf(
      apart('MARGARET LEE', points, 780),
      apart('Work in the harbour office', points, 700),
      apart('+44 20 7946 0958 for her', points, 620),
    );
    expect(text).toEqual(['MARGARET LEE', 'Work in the harbour office', '+44 20 7946 0958 for her']);
  },
);

test('letters that are placed one by one are words by the spaces that are written, or by their gaps alone', async () => {
  expect(await textOf(placed('ROAD AND LIFE', 3, 700, { writesSpaces: true }))).toEqual(['ROAD AND LIFE']);
  expect(await textOf(placed('HARBOUR', 3, 700))).toEqual(['HARBOUR']);
  // As far apart as cells of a table.
  expect(await textOf(placed('HARBOUR', 12, 700))).toEqual(['HARBOUR']);
});

test('letters that are told one by one stay so', async () => {
  const sentences = ['Columns A B C D E are empty.', 'A B C D E F G', 'Vitamins are K E D A B', 'a x y b in M A R K'];
  for (const sentence of sentences) expect(await textOf(sentence)).toEqual([sentence]);
  expect(await textOf(placed('ABCDEFG', 3, 700))).toEqual(['A B C D E F G']);
  expect(await textOf(placed('aAeEiIoO', 3, 700))).toEqual(['a A e E i I o O']);
  expect(await textOf(placed('104010', 3, 700))).toEqual(['1 0 4 0 1 0']);
});
