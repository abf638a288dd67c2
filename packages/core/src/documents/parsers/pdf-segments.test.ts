import { expect, test } from 'vitest';
import { joinSegments } from './pdf-segments.ts';
import { joinTextRuns } from './pdf-text-runs.ts';

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

test('text that is drawn over and over in pieces, to look bold, is read once', () => {
  const drawn = ['2011', '2011', '2011 Report', 'Report', 'Report'].map((text) =>
    item(text, text === 'Report' ? 90.2 : 60.1),
  );
  expect(joinSegments(drawn, upright).map(({ text }) => text)).toEqual(['2011 Report']);
  const beside = [item('11', 60), item('1', 72.1), item('111', 90)];
  expect(joinSegments(beside, upright).map(({ text }) => text)).toEqual(['111', '111']);
});

test.each([
  ['wil', 'l', ' see'],
  ['fi', 'i'],
  ["'tis ", "'", 'twas'],
  ['l', 'l', 'ama'],
  ['l', 'lama'],
])('narrow letters that stand beside their like are read (%s, %s)', (...texts) => {
  const widths: Record<string, number> = { l: 1.8, i: 1.8, "'": 1.9, ' ': 2.3 };
  let x = 60;
  const line = texts.map((text) => {
    const width = Array.from(text).reduce((sum, letter) => sum + (widths[letter] ?? 4.5), 0);
    const place = x;
    x += width;
    return { ...item(text, place), width, transform: [10, 0, 0, 10, place, 700] };
  });
  expect(joinSegments(line, upright).map(({ text }) => text)).toEqual([texts.join('')]);
  const twice = line.flatMap((run) => [
    run,
    { ...run, transform: run.transform.with(4, (run.transform[4] ?? 0) + 0.4) },
  ]);
  expect(joinSegments(twice, upright).map(({ text }) => text)).toEqual([texts.join('')]);
});

test('narrow letters of a line that is written to the left are read beside their like', () => {
  const line = [
    ['יו', 63.8, 4],
    ['י', 61.9, 1.9],
  ] as const;
  const items = line.map(([text, x, width]) => ({ ...item(text, x), width, transform: [10, 0, 0, 10, x, 700] }));
  const runs = joinSegments(items, upright).flatMap((segment) => segment.runs);
  expect(runs.map(({ text }) => text)).toEqual(['יו', 'י']);
});

test('words of a line that is written to the left are apart', () => {
  const line = [item('بلغة', 300), item('R', 290), item('و', 281), item('Python', 240)];
  const runs = joinSegments(line, upright).flatMap((segment) => segment.runs);
  expect(joinTextRuns(runs)).toBe('بلغة R و Python');
});
