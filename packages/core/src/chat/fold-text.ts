import { bracketedAddress } from '../documents/bracketed-address.ts';

/** A text folded for comparison, with the way back to where each piece of it came from. */
export interface FoldedText {
  text: string;
  /** For each code unit of `text`, the [start, end) range of the raw text it stands for. */
  starts: number[];
  ends: number[];
}

const quoteMarks = /[\u2018\u2019\u201A\u201B\u2032\u0060\u00B4\u2039\u203A]/;
const doubleQuoteMarks = /[\u201C\u201D\u201E\u201F\u2033\u00AB\u00BB\u300C\u300D]/;
const dashes = /[\u2010-\u2013\u2212\uFE63\uFF0D]/;
/** Between words, with or without spaces around it. */
const longDashes = /[\u2014\u2015\uFE58]/;
const superscripts = /[\u00B2\u00B3\u00B9\u2070-\u207F]/;
const subscripts = /[\u2080-\u208E]/;
/** What a line of a list begins with. */
const bullet = /^[*●○■□▪▫◦◆◇▶►▸➢➤❖✦]$/;
/** Behind a number, a letter's case can be a thousand million: mW and MW, or eight: Mb and MB. */
const unitWithCase =
  /(?<=\p{N}\s{0,3})(?:[mM](?:Wh?|Hz|V|A|J|Pa|eV|Ω|N|bit)|[kKMGTP]i?[bB](?:it)?)(?![\p{L}\p{M}\p{N}])/uy;
/** Soft hyphens, zero-width characters, byte order marks: on paper they do not exist. */
const invisible = /[\u00AD\u200B-\u200D\u2060\uFEFF]/;
/** Whether a sign is drawn in colours. */
const variationSelectors = /[\uFE00-\uFE0F]/g;
/** A word that a line end cuts in two. Only before a lower-case letter: "Anglo-\nSaxon" keeps its hyphen. */
const hyphenation = /(?<=\p{L})[-\u2010\u00AD][ \t]*\r?\n[ \t]*(?=\p{Ll})/uy;

/**
 * Folds what a reader takes for the same: case, runs of white space, kinds of quotation marks and dashes, ligatures and
 * full-width forms (NFKC), composed and decomposed accents, hyphenation at line ends. What is raised stays apart, as it is
 * typed where nothing can be raised: 10⁶ becomes 10^6, not 106. So do the case of units that it tells apart, and primes.
 * @param options `areAddressesLeftOut`: those behind the text of a link, as nobody reads them aloud.
 */
export function foldText(raw: string, { areAddressesLeftOut = false } = {}): FoldedText {
  const folded: FoldedText = { text: '', starts: [], ends: [] };
  const add = (text: string, start: number, end: number): void => {
    const piece = text.startsWith(' ') && folded.text.endsWith(' ') ? text.slice(1) : text;
    folded.text += piece;
    for (let unit = 0; unit < piece.length; unit += 1) {
      folded.starts.push(start);
      folded.ends.push(end);
    }
  };
  // With its accents, a character is one: é may be one code point or two, 한 one or three.
  const character = /\s+|[\u1100-\u115F][\u1160-\u11A7][\u11A8-\u11FF]?|[^\s]\p{M}*/uy;
  const addresses = areAddressesLeftOut ? [...raw.matchAll(bracketedAddress)] : [];
  for (let at = 0; at < raw.length; ) {
    if (addresses[0]?.index === at) {
      at += addresses.shift()?.[0].length ?? 0;
      continue;
    }
    hyphenation.lastIndex = at;
    const joint = hyphenation.exec(raw)?.[0];
    if (joint !== undefined) {
      at += joint.length;
      continue;
    }
    character.lastIndex = at;
    const piece = character.exec(raw)?.[0] ?? raw.charAt(at);
    const unit = /^[A-Za-z]/.test(piece) ? findUnitWithCase(raw, at) : undefined;
    if (unit === undefined) add(foldPlaced(raw, at, piece), at, at + piece.length);
    else add(unit.replace(/^K/, 'k'), at, at + unit.length);
    at += (unit ?? piece).length;
  }
  return folded;
}

function findUnitWithCase(raw: string, at: number): string | undefined {
  unitWithCase.lastIndex = at;
  return unitWithCase.exec(raw)?.[0];
}

/** Bullets and primes are what they are by where they stand. */
function foldPlaced(raw: string, at: number, piece: string): string {
  const isBullet = bullet.test(piece) && /(?:^|\n)[ \t]*$/.test(raw.slice(Math.max(0, at - 20), at));
  if (isBullet && /^\s/.test(raw.charAt(at + 1))) return '•';
  return foldPrime(raw, at, piece) ?? foldCharacter(piece, raw.charAt(at - 1));
}

/** A mark further before does not open a quotation that ends here. */
const quotationCharactersMax = 300;
const openedDouble = /(?:^|[\s([\u2010-\u2015-])"(?!\s)[^"]*$/;
const openedSingle = /(?:^|[\s([\u2010-\u2015-])'(?!\s)/;
const doubleMark = /["\u201C\u201D]/;
const openings = /(?:^|[\s([\u2010-\u2015-])["\u201C\u201E](?!\s)/g;
/** Behind a digit, only the last is known to be no inch mark. */
const closings = /(?<=[^\s\p{Nd}(["\u201C\u201D])["\u201C\u201D]|["\u201C\u201D](?=[\s.,;:!?)\]]*$)/gu;
const closedAtEnd = /(?:^|[^\s(["\u201C\u201D])["\u201C\u201D]{1,2}[\s.,;:!?)\]]*$/;

/** 6', 6’, 6" and 6” are feet and inches, unless a quotation ends there: behind a digit, and no such mark opened before it. */
function foldPrime(raw: string, at: number, piece: string): string | undefined {
  if (!/^["'\u2018\u2019\u201C\u201D\u2032\u2033]$/.test(piece)) return undefined;
  if (!/\p{Nd}/u.test(raw.charAt(at - 1))) return undefined;
  if (/[\u2032\u2033]/.test(piece)) return piece;
  // The 1980's, and 10'000 francs.
  if (/^(?:\p{L}|\p{N}{3})/u.test(raw.slice(at + 1, at + 4))) return undefined;
  if (closesAll(raw, at)) return undefined;
  const isDouble = doubleMark.test(piece);
  if ((isDouble ? openedDouble : openedSingle).test(marksBefore(raw, at))) return undefined;
  return isDouble ? '\u2033' : '\u2032';
}

/** Whether a mark ends what began with one, however long it is. */
function closesAll(raw: string, at: number): boolean {
  return /^[\s.,;:!?)\]]*$/.test(raw.slice(at + 1, at + 20)) && /^\s*["'\u2018\u201A\u201C\u201E]/.test(raw);
}

/** Whether a mark at the end ends more than was opened on the way to it. */
function isWithinMarks(rest: string): boolean {
  if (!closedAtEnd.test(rest.slice(-20))) return false;
  return [...rest.matchAll(closings)].length > [...rest.matchAll(openings)].length;
}

/**
 * What stands before, with typed marks. Those that only open a quotation do so also behind a letter; “ may end a German one.
 * Marks around the whole do not end within it.
 */
function marksBefore(raw: string, at: number): string {
  const from = Math.max(0, at - quotationCharactersMax);
  return (
    from === 0 && isWithinMarks(raw.slice(at + 1))
      ? raw.slice(0, at).replace(/^\s*["\u201C\u201E]/, '')
      : raw.slice(from, at)
  )
    .replaceAll(/\u201E[^"\u201C-\u201E]*[\u201C\u201D]/g, '')
    .replaceAll(/[\u201C\u201E]/g, ' "')
    .replaceAll(/[\u2018\u201A]/g, " '")
    .replaceAll('\u201D', '"')
    .replaceAll('\u2019', "'");
}

function foldCharacter(piece: string, before: string): string {
  if (/^\s/.test(piece)) return ' ';
  if (invisible.test(piece)) return '';
  if (quoteMarks.test(piece)) return "'";
  if (doubleQuoteMarks.test(piece)) return '"';
  if (dashes.test(piece)) return '-';
  if (longDashes.test(piece)) return ' - ';
  const plain = piece.replaceAll(variationSelectors, '').normalize('NFKC').toLowerCase();
  if (superscripts.test(piece)) return `${superscripts.test(before) ? '' : '^'}${plain.replace('\u2212', '-')}`;
  if (subscripts.test(piece)) return /\p{Nd}/u.test(before) ? `_${plain}` : plain;
  // 2½ is not 21/2, and a note ① is not a digit of what it stands at.
  return /^\p{No}/u.test(piece) ? piece : plain;
}
