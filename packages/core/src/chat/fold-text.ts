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
/** Soft hyphens, zero-width characters, byte order marks: on paper they do not exist. */
const invisible = /[\u00AD\u200B-\u200D\u2060\uFEFF]/;
/** A word that a line end cuts in two. Only before a lower-case letter: "Anglo-\nSaxon" keeps its hyphen. */
const hyphenation = /(?<=\p{L})[-\u2010\u00AD][ \t]*\r?\n[ \t]*(?=\p{Ll})/uy;

/**
 * Folds what a reader takes for the same: case, runs of white space, kinds of quotation marks and dashes, ligatures and
 * full-width forms (NFKC), composed and decomposed accents, hyphenation at line ends. What is raised stays apart, as it is
 * typed where nothing can be raised: 10⁶ becomes 10^6, not 106.
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
  // With its accents, a character is one: é may be one code point or two.
  const character = /\s+|[^\s]\p{M}*/uy;
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
    add(foldCharacter(piece, raw.charAt(at - 1)), at, at + piece.length);
    at += piece.length;
  }
  return folded;
}

function foldCharacter(piece: string, before: string): string {
  if (/^\s/.test(piece)) return ' ';
  if (invisible.test(piece)) return '';
  if (quoteMarks.test(piece)) return "'";
  if (doubleQuoteMarks.test(piece)) return '"';
  if (dashes.test(piece)) return '-';
  if (longDashes.test(piece)) return ' - ';
  const plain = piece.normalize('NFKC').toLowerCase();
  if (superscripts.test(piece)) return `${superscripts.test(before) ? '' : '^'}${plain.replace('\u2212', '-')}`;
  if (subscripts.test(piece)) return /\p{Nd}/u.test(before) ? `_${plain}` : plain;
  // 2½ is not 21/2, and a note ① is not a digit of what it stands at.
  return /^\p{No}/u.test(piece) ? piece : plain;
}
