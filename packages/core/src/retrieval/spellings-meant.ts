/** The letters that may have been meant, by the script of the word; of other scripts letters are only swapped or left out. */
const alphabets: readonly (readonly [RegExp, string])[] = [
  [/^\p{Script=Latin}+$/u, lettersBetween('a', 'z')],
  [/^\p{Script=Cyrillic}+$/u, `${lettersBetween('а', 'я')}ієґђјљњћџ`],
  [/^\p{Script=Greek}+$/u, lettersBetween('α', 'ω')],
  [/^\p{Script=Hebrew}+$/u, lettersBetween('א', 'ת')],
  [/^\p{Script=Arabic}+$/u, `${lettersBetween('ء', 'غ')}${lettersBetween('ف', 'ي')}پچژگکی`],
];

/** Written for one sound, and more than a letter apart. */
const sounds: readonly (readonly [string, string])[] = [
  ['qu', 'kw'],
  ['ph', 'f'],
  ['x', 'ks'],
];

/** Shorter words have neighbours that begin otherwise and mean something else: event and vent, Tisch and Fisch, Hand and Hund. */
const lettersMin = 6;
/** The letters at the start that the search for words with the same beginning takes for right. */
const places = [0, 1];

/**
 * What may have been meant by a word that is mistyped at its very beginning: its first letters swapped, a sound written in another way,
 * and in words of some length one of the first two letters too many, missing or wrong. A hundred at most, all of them one mistake away.
 */
export function spellingsMeant(word: string): string[] {
  const [, alphabet = ''] = alphabets.find(([script]) => script.test(word)) ?? [];
  // Signs of scripts that are seldom written are two code units each.
  const letters = Array.from(word);
  const spellings = places.flatMap((place) => {
    const before = letters.slice(0, place).join('');
    const [letter = '', next = '', ...rest] = letters.slice(place);
    const behind = [next, ...rest].join('');
    const swapped = before + next + letter + rest.join('');
    if (letters.length < lettersMin) return [swapped];
    const others = Array.from(alphabet).flatMap((other) => [before + other + behind, before + other + letter + behind]);
    return [swapped, before + behind, ...others];
  });
  return [...new Set([...spellings, ...soundAlikes(word)])].filter((spelling) => spelling !== word);
}

/** A word with one sound written in another way: “fotograf” gives “photograf” and “fotograph”. */
export function soundAlikes(word: string): string[] {
  return sounds.flatMap(([one, other]) => [...respelled(word, one, other), ...respelled(word, other, one)]);
}

function respelled(word: string, from: string, to: string): string[] {
  return [...word.matchAll(new RegExp(from, 'g'))].map(
    ({ index }) => word.slice(0, index) + to + word.slice(index + from.length),
  );
}

function lettersBetween(first: string, last: string): string {
  const [from = 0, to = 0] = [first.codePointAt(0), last.codePointAt(0)];
  return String.fromCodePoint(...Array.from({ length: to - from + 1 }, (_, index) => from + index));
}
