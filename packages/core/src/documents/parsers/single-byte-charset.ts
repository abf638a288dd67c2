import { type Alphabet, alphabets } from './alphabets.ts';

/** Logarithms of how likely a character beyond ASCII is, by what it is. Together with an alphabet they need not sum to 1. */
const UNEXPECTED = Math.log(0.0005);
/** Marks that writers use in every language. */
const MARK = Math.log(0.01);
const CAPITAL = Math.log(0.8);
/** What hardly happens in text: a capital after a small letter, a sign inside of a word, two scripts in one. */
const ODDITY = -6;
/** How much better another alphabet must fit than that of a likelier charset: as much as one letter that is not its own. */
const LATER_CHARSET = -2;
const NOT_WESTERN = -4;

const marks = new Set('\u00a0«»„“”‘’‚‹›–—…•·€£©®™°§№¿¡¬\u00ad\u200e\u200f');
/** Vowel signs and tones of Hebrew, Arabic and Thai. */
const isSign = /\p{Mn}/u;
const isLetter = /\p{L}/u;

/** What a text looks like in one charset. */
interface Sight {
  /** How often each character beyond ASCII is there. */
  counts: ReadonlyMap<string, number>;
  oddities: number;
}

/**
 * The single-byte charset in which text beyond ASCII looks most like a language, by the letters that each language uses and
 * by what words look like. Statistics of letter pairs, as others use them, need more text and are led astray by markup.
 */
export function guessSingleByteCharset(bytes: Uint8Array): string {
  const sights = new Map<string, Sight>();
  let best = { charset: 'windows-1252', score: Number.NEGATIVE_INFINITY };
  for (const [index, alphabet] of alphabets.entries()) {
    for (const [place, charset] of alphabet.charsets.entries()) {
      const sight = sights.get(charset) ?? lookAt(new TextDecoder(charset).decode(bytes));
      sights.set(charset, sight);
      const isWestern = alphabet.charsets === alphabets[0]?.charsets;
      const prior = (place === 0 ? 0 : LATER_CHARSET) + (index === 0 || isWestern ? 0 : NOT_WESTERN);
      const score = prior + scoreOf(sight, alphabet);
      if (score > best.score) best = { charset, score };
    }
  }
  return best.charset;
}

function scoreOf({ counts, oddities }: Sight, { letters }: Alphabet): number {
  const likelihoods = likelihoodsOf(letters);
  let score = oddities * ODDITY;
  for (const [character, count] of counts) {
    const lower = character.toLowerCase();
    const likelihood = likelihoods.get(lower);
    if (likelihood !== undefined) score += count * (likelihood + (character === lower ? 0 : CAPITAL));
    else score += count * (marks.has(character) || isSign.test(character) ? MARK : UNEXPECTED);
  }
  return score;
}

/** Letters become rarer in the order they are listed, as about 1 / (rank + 3). */
function likelihoodsOf(letters: string): Map<string, number> {
  const weights = Array.from(letters).map((_, rank) => 1 / (rank + 3));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return new Map(Array.from(letters).map((letter, rank) => [letter, Math.log((weights[rank] ?? 0) / total)]));
}

function lookAt(text: string): Sight {
  const counts = new Map<string, number>();
  let oddities = 0;
  let before = '';
  const characters = Array.from(text);
  for (const [index, character] of characters.entries()) {
    if (character > '\u007f') {
      counts.set(character, (counts.get(character) ?? 0) + 1);
      if (isOdd(before, character, characters[index + 1] ?? '')) oddities += 1;
    }
    before = character;
  }
  return { counts, oddities };
}

function isOdd(before: string, character: string, after: string): boolean {
  if (character < '\u00a0' || character === '\ufffd') return true;
  if (!isLetter.test(character)) {
    const isInside = isLetter.test(before) && isLetter.test(after);
    return isInside && character !== '’' && !isSign.test(character) && !marks.has(character);
  }
  if (isLetter.test(before) && isLatin(before) !== isLatin(character)) return true;
  if (isLetter.test(after) && after < '\u0080' && !isLatin(character)) return true;
  const isCapital = character !== character.toLowerCase();
  return isCapital && isLetter.test(before) && before !== before.toUpperCase();
}

function isLatin(letter: string): boolean {
  return letter < '\u0250';
}
