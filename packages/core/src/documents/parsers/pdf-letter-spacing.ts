import { OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PdfPage } from './open-pdf.ts';
import { listPdfOperators } from './pdf-operators.ts';
import type { PdfTextItem } from './pdf-text-runs.ts';

/** Fewer letters that stand alone are initials, and no reason to look at what a page writes. */
const LETTERS_MIN = 4;
/** Between letters that are set apart, in font sizes; words that are set so stand further from each other. */
const LETTER_GAP_MAX = 1.2;
/** Of the signs of a page: those that show words with nothing but gaps between them write none, or a few by accident. */
const SPACES_SHARE_MIN = 0.05;

/**
 * Puts words together whose letters are set apart, as in the headings of a résumé: what places each letter by itself comes
 * out as `W O R K`, also where two words follow each other. Which spaces are there is told by what the page writes.
 */
export async function joinSpacedLetters<Item extends PdfTextItem>(
  page: PdfPage,
  items: readonly Item[],
): Promise<Item[]> {
  const groups = groupLetters(items);
  if (!groups.some((group) => isSpaced(textOf(group)))) return [...items];
  const written = await readWrittenText(page).catch(() => undefined);
  if (written === undefined) return [...items];
  return groups.flatMap((group) => {
    const text = textOf(group);
    // What is far apart may be cells of a table.
    const hasProof = written.writesSpaces && group.length === 1;
    const joined = joinLetters(text, written, hasProof);
    return joined === text
      ? group
      : [{ ...(group[0] as Item), width: widthOf(group), str: joined, areLettersApart: true }];
  });
}

/** Letters that are so far apart that each is an item of its own make a group, with the spaces between them; others stand alone. */
function groupLetters<Item extends PdfTextItem>(items: readonly Item[]): Item[][] {
  const groups: Item[][] = [];
  for (const item of items) {
    const [letters, gap] = groups.slice(-2);
    if (letters !== undefined && gap?.[0] !== undefined && isNextLetter(letters, gap[0], item)) {
      letters.push(gap[0], item);
      groups.pop();
    } else groups.push([item]);
  }
  return groups;
}

function isNextLetter(letters: readonly PdfTextItem[], gap: PdfTextItem, item: PdfTextItem): boolean {
  const before = letters.at(-1);
  if (before === undefined || !isLetter(before) || !isLetter(item) || before.hasEOL || gap.hasEOL) return false;
  const size = fontSizeOf(item);
  const isOneFont = before.fontName === item.fontName && Math.abs(fontSizeOf(before) - size) < 0.01 * size;
  return isOneFont && gap.str === ' ' && gap.width <= LETTER_GAP_MAX * size;
}

function isLetter({ str }: PdfTextItem): boolean {
  return /^\p{L}$/u.test(str);
}

function textOf(group: readonly PdfTextItem[]): string {
  return group.map(({ str }) => str).join('');
}

function widthOf(group: readonly PdfTextItem[]): number {
  const [first, last] = [group[0], group.at(-1)];
  if (first === undefined || last === undefined) return 0;
  const [, , , , x = 0, y = 0] = first.transform;
  const [, , , , lastX = 0, lastY = 0] = last.transform;
  return Math.hypot(lastX - x, lastY - y) + last.width;
}

function fontSizeOf({ transform }: PdfTextItem): number {
  return Math.hypot(transform[0] ?? 0, transform[1] ?? 0);
}

/** What no text is but that whose letters are set apart, or told one by one. */
function isSpaced(str: string): boolean {
  const alone = tokensOf(str).filter((token) => /^\p{L}$/u.test(token)).length;
  return alone >= LETTERS_MIN && isMostlyApart(str);
}

function isMostlyApart(str: string): boolean {
  const tokens = tokensOf(str);
  const alone = tokens.filter((token) => Array.from(token).length === 1).length;
  return alone >= 2 && alone >= 0.5 * tokens.length;
}

function tokensOf(str: string): string[] {
  return str.trim().split(/ +/);
}

/** What a page writes, in its order. */
interface WrittenText {
  /** Without its spaces. */
  letters: string;
  /** Before each of the letters, by its place: whether there is a space. */
  spaceBefore: boolean[];
  writesSpaces: boolean;
}

async function readWrittenText(page: PdfPage): Promise<WrittenText> {
  const signs: string[] = [];
  for (const { operator, args } of await listPdfOperators(page)) {
    if (operator === OPS.showText && Array.isArray(args[0])) for (const glyph of args[0]) signs.push(signOf(glyph));
  }
  const written: WrittenText = { letters: '', spaceBefore: [], writesSpaces: false };
  let spaces = 0;
  let isAfterSpace = false;
  for (const sign of signs.join('').normalize('NFKC')) {
    if (/\s/.test(sign)) {
      spaces += 1;
      isAfterSpace = true;
      continue;
    }
    for (let unit = 0; unit < sign.length; unit += 1) written.spaceBefore.push(isAfterSpace && unit === 0);
    written.letters += sign;
    isAfterSpace = false;
  }
  written.writesSpaces = spaces >= SPACES_SHARE_MIN * (spaces + written.letters.length);
  return written;
}

/** Numbers among the glyphs are gaps. */
function signOf(glyph: unknown): string {
  const unicode: unknown = typeof glyph === 'object' && glyph !== null ? Reflect.get(glyph, 'unicode') : '';
  return typeof unicode === 'string' ? unicode : '';
}

function joinLetters(str: string, { letters, spaceBefore }: WrittenText, hasProof: boolean): string {
  if (!isMostlyApart(str)) return str;
  const wanted = str.normalize('NFKC').replace(/\s+/g, '');
  const start = letters.indexOf(wanted);
  if (start < 0 || (!hasProof && !isWordByItself(wanted))) return str;
  const joined = Array.from({ length: wanted.length }, (_, index) =>
    index > 0 && spaceBefore[start + index] === true ? ` ${wanted[index]}` : wanted[index],
  ).join('');
  // Spaces that are typed between letters are part of the text.
  return isSpaced(joined) ? str : joined;
}

/** Where only gaps tell words apart: few letters, those of the alphabet in order, or each in both sizes, may be told one by one. */
function isWordByItself(letters: string): boolean {
  const codes = Array.from(letters.toLowerCase(), (letter) => letter.codePointAt(0) ?? 0);
  const isInOrder = codes.every((code, index) => index === 0 || code > (codes[index - 1] ?? 0));
  return /^(?:\p{Lu}{4,}|\p{L}{5,})$/u.test(letters) && !/\p{Ll}\p{Lu}/u.test(letters) && !isInOrder;
}
