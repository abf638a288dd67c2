import { growsTooFast } from '@twin/testing/slow-work';
import { expect, test } from 'vitest';
import { findAlignedTables } from './pdf-aligned-tables.ts';
import type { PdfSegment } from './pdf-segments.ts';

/** Two columns of words that are flush on neither side, as far down as there are lines. */
function raggedColumns(lines: number): PdfSegment[] {
  const place = (x: number, line: number, width: number): PdfSegment => {
    const y = 12 * line;
    const run = {
      text: 'word',
      fontSize: 10,
      isBold: false,
      angle: 0,
      x,
      xEnd: x + width,
      y,
      box: { x, y, width, height: 10 },
    };
    return { ...run, runs: [run], order: line, endsLine: false };
  };
  return Array.from({ length: lines }, (_, line) => [
    place(10 + ((line * 7919) % 37), line, 20 + ((line * 31) % 40)),
    place(200 + ((line * 104_729) % 41), line, 30 + ((line * 17) % 50)),
  ]).flat();
}

test('a page of thousands of lines that form no table is looked through in time that grows with their number', async () => {
  const look = (lines: number) => expect(findAlignedTables(raggedColumns(lines), [])).toEqual([]);
  // Eight times the lines took ninety times as long, a minute and a half.
  expect(await growsTooFast(look, { small: 1_000, large: 8_000, timesMax: 25 })).toBe(false);
}, 60_000);
