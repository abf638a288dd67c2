import { expect, test } from 'vitest';
import { joinSegments } from './pdf-segments.ts';

const upright = { display: [1, 0, 0, 1, 0, 0], isBold: new Map<string, boolean>() };
const item = (str: string, x: number, hasEOL = false) => ({
  str,
  hasEOL,
  fontName: 'f1',
  width: 6 * str.length,
  transform: [11, 0, 0, 11, x, 700],
});

test('a line ends where the file says so, also behind text that is drawn twice to look bold', () => {
  const items = [item('Heading', 60), item('Heading', 60.3, true), item('and what follows', 105)];
  expect(joinSegments(items, upright).map(({ text, endsLine }) => [text, endsLine])).toEqual([
    ['Heading', true],
    ['and what follows', true],
  ]);
});
