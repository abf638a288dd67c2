import { Util } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { type PdfTextItem, placeTextRun } from '../parsers/pdf-text-runs.ts';
import type { PageWord } from './drawn-page.ts';
import type { GlyphWidths } from './glyph-widths.ts';

/** Between spaces; scripts that are written without any are taken character by character. */
const word =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]|[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]+/gu;

/** The words of a run of text where they stand on the displayed page. */
export function placeWords(
  item: PdfTextItem & { dir?: string },
  display: readonly number[],
  widths: Pick<GlyphWidths, 'widthOf'>,
): PageWord[] {
  if (item.width <= 0) return [];
  const ends = characterEnds(item, widths);
  const [a = 1, b = 0] = Util.transform(display, item.transform) as number[];
  const isSideways = Math.abs(b) > Math.abs(a);
  return [...item.str.matchAll(word)].map(({ 0: text, index }) => {
    const [start, end] = [ends[index] ?? 0, ends[index + text.length] ?? item.width];
    const from = item.dir === 'rtl' ? item.width - end : start;
    const { box } = placeTextRun(stretchOf(item, from, end - start), { display, isBold: new Map() });
    return { text, box, isSideways };
  });
}

/** Where each character begins along the run, and where the last one ends. What widths leave open are spaces, or gaps everywhere. */
function characterEnds(
  { str, fontName, transform, width }: PdfTextItem,
  widths: Pick<GlyphWidths, 'widthOf'>,
): number[] {
  const size = Math.hypot(transform[0] ?? 1, transform[1] ?? 0);
  // By UTF-16 units, as places in the text are: the second half of a pair takes no room.
  const advances = Array.from(str).flatMap((character) => {
    const advance = size * widths.widthOf(fontName, character);
    return character.length === 1 ? [advance] : [advance, 0];
  });
  const rest = width - advances.reduce((sum, advance) => sum + advance, 0);
  const spaces = str.split(' ').length - 1;
  const spaceAt = (index: number) => (str[index] === ' ' ? rest / spaces : 0);
  const stretched = advances.map((advance, index) => advance + (spaces > 0 ? spaceAt(index) : rest / advances.length));
  const isPlausible = stretched.every((advance) => advance >= 0);
  const ends = [0];
  for (const [index] of advances.entries()) {
    const advance = isPlausible ? stretched[index] : width / advances.length;
    ends.push((ends[index] ?? 0) + (advance ?? 0));
  }
  return ends;
}

function stretchOf(item: PdfTextItem, from: number, width: number): PdfTextItem {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = item.transform;
  const angle = Math.atan2(b, a);
  return { ...item, width, transform: [a, b, c, d, e + Math.cos(angle) * from, f + Math.sin(angle) * from] };
}
