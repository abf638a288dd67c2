import type { PdfPage } from './open-pdf.ts';
import type { PdfTextItem } from './pdf-text-runs.ts';
import { followWrittenText, type WrittenStretch } from './pdf-written-text.ts';

/** Fewer letters that stand alone are initials. */
const LETTERS_MIN = 4;
/** Between two letters of a word, in font sizes; cells of a table have more between them. */
const GAP_MAX = 0.45;

/**
 * Puts words together whose letters are set apart, as in the headings of a résumé: pdf.js gives a space wherever a gap is
 * wide enough, `W O R K E X P E R I E N C E`. Which spaces are meant is told by what the page writes.
 */
export async function joinSpacedLetters<Item extends PdfTextItem>(
  page: PdfPage,
  items: readonly Item[],
): Promise<readonly Item[]> {
  if (!items.some(isSpaced)) return items;
  const follow = await followWrittenText(page).catch(() => undefined);
  if (follow === undefined) return items;
  // Each is followed, or the next one is looked for in the wrong place.
  const joined = items.map((item) => {
    const stretch = follow(item.str);
    // Spaces that the page writes are part of the text.
    const isShorter = stretch !== undefined && stretch.text.length < item.str.length;
    return isShorter && isApart(item.str) ? stretch : undefined;
  });
  const isSure = items.map((item, index) => isSpaced(item) && isWord(item, joined[index]));
  // What stands in one line with such a word is set as it is: `L E E` after `M A R G A R E T`, a telephone number.
  const isBeside = (index: number, other: number) => isSure[other] === true && isOneLine(items, index, other);
  for (const index of isSure.keys()) isSure[index] ||= joined[index] !== undefined && isBeside(index, index - 2);
  for (const index of [...isSure.keys()].toReversed())
    isSure[index] ||= joined[index] !== undefined && isBeside(index, index + 2);
  return items.map((item, index) => (isSure[index] ? { ...item, str: joined[index]?.text ?? item.str } : item));
}

/** No text is like that but one whose letters are set apart, or told one by one. */
function isSpaced({ str }: PdfTextItem): boolean {
  return tokensOf(str).filter((token) => /^\p{L}$/u.test(token)).length >= LETTERS_MIN && isApart(str);
}

function isApart(str: string): boolean {
  const tokens = tokensOf(str);
  const alone = tokens.filter((token) => Array.from(token).length === 1).length;
  return alone >= 2 && alone >= 0.5 * tokens.length;
}

function tokensOf(str: string): string[] {
  return str.trim().split(/ +/);
}

/** With one item between them, which is a space. */
function isOneLine(items: readonly PdfTextItem[], index: number, other: number): boolean {
  const [one, gap, two] = [items[Math.min(index, other)], items[(index + other) / 2], items[Math.max(index, other)]];
  if (one === undefined || gap === undefined || two === undefined || one.hasEOL || gap.hasEOL) return false;
  const isSetAlike =
    one.fontName === two.fontName && [0, 1, 2, 3, 5].every((at) => one.transform[at] === two.transform[at]);
  return gap.str.trim() === '' && isSetAlike;
}

/**
 * Tells a word from cells of a table and options to choose from: `M T W T F S S`, `Y N N Y N`, `a b c d e`. Where the page
 * writes no spaces at all, only gaps tell its words apart, and more is asked for.
 */
function isWord({ transform, width }: PdfTextItem, stretch: WrittenStretch | undefined): boolean {
  if (stretch === undefined) return false;
  const fontSize = Math.hypot(transform[0] ?? 1, transform[1] ?? 0);
  if (width / fontSize - stretch.width > GAP_MAX * stretch.text.length) return false;
  const letters = stretch.text.match(/\p{L}/gu)?.join('').toLowerCase() ?? '';
  const plain = letters.normalize('NFD').replace(/\p{M}/gu, '');
  const distinct = new Set(plain).size;
  const isInOrder = Array.from(plain).every((letter, index, all) => index === 0 || letter > (all[index - 1] ?? ''));
  if (isInOrder || distinct < Math.min(5, 0.6 * plain.length) || /\p{Script=Hebrew}|\p{Script=Arabic}/u.test(plain))
    return false;
  if (/^\p{Script=Latin}+$/u.test(plain) && !/[aeiouyæœø]/.test(plain)) return false;
  const hasProof = stretch.pageWritesSpaces || stretch.text.includes(' ');
  return hasProof || /^(?:\p{Lu}+|\p{L}{5,})$/u.test(stretch.text);
}
