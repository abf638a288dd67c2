/** White space, and what the canonical text leaves out. */
const ignored = /[\s\p{Cc}\u00ad\u200b\u2060\ufeff]/u;

/**
 * Where ranges of a source text lie in the canonical text that was made of it, which differs in white space, invisible
 * characters and composed accents. Takes [start, end) in code points of the source, gives UTF-16 code units of the
 * canonical text.
 *
 * @throws Error when the canonical text says something else than the source.
 */
export function alignText(source: string, canonical: string): (start: number, end: number) => [number, number] {
  // For each code point of the source: where it starts and ends in the canonical text; white space is between the two.
  const starts: (number | undefined)[] = [];
  const ends: number[] = [];
  let at = 0;
  for (const character of source) {
    const isIgnored = ignored.test(character) || isTakenIn(canonical, at, character);
    if (isIgnored) starts.push(undefined);
    else {
      while (at < canonical.length && ignored.test(canonical[at] ?? '')) at += 1;
      starts.push(at);
      at += lengthInCanonical(canonical, at, character);
    }
    ends.push(at);
  }
  return (start, end) => [starts.slice(start, end).find((place) => place !== undefined) ?? at, ends[end - 1] ?? at];
}

/** Whether it is a mark that became one with the character before it. */
function isTakenIn(canonical: string, at: number, character: string): boolean {
  return /\p{M}/u.test(character) && !startsLike(characterAt(canonical, at), character);
}

function characterAt(text: string, at: number): string {
  return String.fromCodePoint(text.codePointAt(at) ?? 0);
}

function lengthInCanonical(canonical: string, at: number, character: string): number {
  const there = characterAt(canonical, at);
  if (startsLike(there, character)) return there.length;
  throw new Error(`The canonical text has “${there}” where its source has “${character}”, at ${at}`);
}

/** Equal, or the composed form of the character and the marks that follow it. */
function startsLike(composed: string, character: string): boolean {
  return composed === character || composed.normalize('NFD').startsWith(character.normalize('NFD'));
}
