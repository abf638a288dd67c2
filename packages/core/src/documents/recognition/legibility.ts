/** What a text is made of, by the pieces between its spaces. Numbers, codes, addresses and lone marks count as neither. */
export interface Legibility {
  /** As people write them, in any script. */
  words: number;
  /** Letters among signs, capitals amid a word, consonants alone: what is left where letters were not made out. */
  scraps: number;
  /** Scraps with characters that stand for nothing: their font does not say what its shapes mean. */
  unreadable: number;
}

const nothing = /[\uFFFD\p{Cc}\p{Co}\p{Cn}]/gu;
const WORD_CHARACTERS = 6;
const number = /^[\p{N}\p{Sc}.,:;/\-–−+±%‰°×=<>~#()'’"″′^*]*$/u;
const code =
  /^(?:[\p{L}.\-/]{1,12}\p{N}[\p{L}\p{N}.\-/:]*|\p{N}[\p{N}.,:\-/]*\p{L}{1,4}[.²³]?|.*(?:@|:\/\/|www\.).*)$/u;
const otherScript = /(?!\p{Script=Latin})\p{L}/u;
const latinWord = /^\p{L}+(?:['’.&/\-‐‑–—]\p{L}+)*$/u;
const vowel = /[aeiouyæøœı]/i;

export function measureLegibility(text: string): Legibility {
  const found: Legibility = { words: 0, scraps: 0, unreadable: 0 };
  for (const piece of text.split(/[\s\u200b]+/)) {
    const blanks = piece.match(nothing)?.length ?? 0;
    if (blanks > 0) {
      // Where nothing can be read, spaces cannot either.
      const scraps = Math.ceil(blanks / WORD_CHARACTERS);
      found.scraps += scraps;
      found.unreadable += scraps;
      continue;
    }
    const core = piece.normalize('NFC').replace(/^[\p{P}\p{S}]+|[\p{P}\p{S}]+$/gu, '');
    if (number.test(core) || code.test(core)) continue;
    if (isWord(core)) found.words += 1;
    else found.scraps += 1;
  }
  return found;
}

function isWord(core: string): boolean {
  // Nothing here knows such a script well enough to find fault with it.
  if (otherScript.test(core)) return true;
  return latinWord.test(core) && core.split(/[^\p{L}]/u).every(isPlausible);
}

/** Of Latin letters: small, all capitals, or with a capital near its beginning or at its end (`McLean`, `GmbH`), and speakable. */
function isPlausible(letters: string): boolean {
  if (letters.length <= 3 || letters === letters.toUpperCase()) return true;
  return /^\p{Lu}?\p{Ll}{0,3}\p{Lu}?\p{Ll}+\p{Lu}?$/u.test(letters) && vowel.test(letters.normalize('NFD'));
}

/** Prose of 15 languages had up to 5 % scraps, Czech without vowels 25 %, program code and mathematics up to 50 %. */
const SCRAPS_SHARE_MAX = 0.3;
/** Fewer may be a formula, or the codes of a table. */
const SCRAPS_MIN = 5;

/** Whether so much of a text is scraps that a reading of the page by recognition may be better. */
export function isGarbled({ words, scraps }: Legibility): boolean {
  return scraps >= SCRAPS_MIN && scraps > SCRAPS_SHARE_MAX * (words + scraps);
}

/** Whether one reading of a page holds more words than another, and fewer scraps beside them. */
export function isMoreLegible(one: Legibility, other: Legibility): boolean {
  return one.words > other.words && one.scraps * other.words <= other.scraps * one.words;
}
