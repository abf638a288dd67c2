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

/** Each letter placed by itself, with the same gap after each, as wide as Helvetica sets them. */
function evenly(text: string, points: number, y: number) {
  const widths: Record<string, number> = {
    A: 8,
    B: 8,
    C: 8.7,
    D: 8.7,
    E: 8,
    F: 7.3,
    G: 9.3,
    J: 6,
    M: 10,
    N: 8.7,
    O: 9.3,
  };
  let x = 60;
  const shown = Array.from(text, (letter) => {
    const at = x;
    x += (widths[letter] ?? { I: 3.3, S: 8, T: 7.3, W: 11.3, Y: 8, i: 2.7 }[letter] ?? 6.7) + points;
    return `BT /F1 12 Tf 1 0 0 1 ${at} ${y} Tm (${letter}) Tj ET`;
  });
  return { operators: shown.join('\n') };
}

async function textOf(...lines: Parameters<typeof makePdf>[0][number]): Promise<string[]> {
  const { canonicalText } = await readBytes('cv.pdf', makePdf([lines]));
  return canonicalText.split('\n\n');
}

test.each([1.5, 2, 3, 5])(
  'words whose letters stand %s points apart are words, with the spaces between them',
  async (points) => {
    const text = await textOf(
      apart('MARGARET LEE', points, 780),
      apart('Work in the harbour office', points, 700),
      apart('telephone +44 20 7946 0958', points, 620),
    );
    expect(text).toEqual(['MARGARET LEE', 'Work in the harbour office', 'telephone +44 20 7946 0958']);
  },
);

test('letters that are placed one by one are words by the spaces that are written, or by their gaps alone', async () => {
  expect(await textOf(placed('ROAD AND LIFE', 3, 700, { writesSpaces: true }))).toEqual(['ROAD AND LIFE']);
  expect(await textOf(placed('HARBOUR', 3, 700))).toEqual(['HARBOUR']);
});

test('the spaces are those of the place, also where the same letters stand elsewhere on the page', async () => {
  const text = await textOf(
    'Has the rapist met nobody in room 53? Ask about it.',
    apart('therapist', 3, 700),
    { text: '5 3', x: 60, y: 640 },
    { text: 'A B o u t', x: 60, y: 600 },
  );
  expect(text).toEqual(['Has the rapist met nobody in room 53? Ask about it.', 'therapist', '5 3', 'A B o u t']);
});

test('signs stay as they are, also those that are spelled otherwise elsewhere', async () => {
  expect(await textOf('The field.', apart('Fl\xe4che\xb2 \xbd', 3, 700))).toEqual(['The field.', 'Fläche² ½']);
});

const withSpaces = 'The page has sentences, and so it is one that writes the spaces between its words.';

test.each([
  // Options, days, votes, figures: as far apart as cells with hardly any margin.
  ['ABCDEFG', 2],
  ['MTWTFSS', 3],
  ['YNNYNNNY', 3],
  ['104010', 3],
  // Months: half a letter's height and more between them.
  ['JFMAMJJASOND', 7],
  ['OAT', 3],
])('cells of a table stay apart: %s', async (letters, points) => {
  const apartAsWere = Array.from(letters).join(' ');
  const row = evenly(letters, points, 700);
  expect(await textOf(withSpaces, row)).toEqual([withSpaces, apartAsWere]);
  expect(await textOf(row)).toEqual([apartAsWere]);
});

test('letters that are told one by one stay so', async () => {
  const sentences = ['Columns A B C D E are empty.', 'A B C D E F G', 'Vitamins are K E D A B', 'a x y b in M A R K'];
  for (const sentence of sentences) expect(await textOf(sentence)).toEqual([sentence]);
  expect(await textOf(evenly('aAeEiIoO', 2, 700))).toEqual(['a A e E i I o O']);
  // Where only gaps tell words apart, a few small letters may be a formula.
  expect(await textOf(evenly('nobu', 2, 700))).toEqual(['n o b u']);
  expect(await textOf(withSpaces, evenly('nobu', 2, 700))).toEqual([withSpaces, 'nobu']);
});
