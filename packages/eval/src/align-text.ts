/** What words and numbers are written in. */
const saying = /^[\p{L}\p{N}]/u;
/** White space, and what the canonical text leaves out. */
const ignored = /[\s\p{Cc}\u00ad\u200b\u2060\ufeff]/u;
/** What is composed with the character before it, or put in another order: marks, and the later parts of a Hangul syllable. */
const following = /[\p{M}\u1160-\u11ff\ud7b0-\ud7ff]/u;

/**
 * Where ranges of a source text lie in the canonical text that was made of it, which differs in white space, invisible
 * characters, the marks of items and headings, and the composing and order of accents. Takes [start, end) in code points of the source, gives UTF-16 code units
 * of the canonical text.
 *
 * @throws Error when the canonical text says something else than the source.
 */
export function alignText(source: string, canonical: string): (start: number, end: number) => [number, number] {
  // For each code point of the source: where it starts and ends in the canonical text; white space is between the two.
  const starts: (number | undefined)[] = [];
  const ends: number[] = [];
  let at = 0;
  const leaveOut = () => {
    starts.push(undefined);
    ends.push(at);
  };
  for (const cluster of clustersOf(source)) {
    const visible = cluster.filter((character) => !ignored.test(character)).join('');
    const written = visible.toWellFormed().normalize('NFC');
    if (written !== '') at = afterIgnored(canonical, at);
    if (!canonical.startsWith(written, at)) {
      if (!saying.test(written)) {
        // The mark of an item, or of a heading: reading knows what it means and leaves it out.
        for (const _ of cluster) leaveOut();
        continue;
      }
      at = afterMarks(canonical, at);
    }
    if (!canonical.startsWith(written, at)) {
      const there = canonical.slice(at, at + written.length);
      throw new Error(`The canonical text has “${there}” where its source has “${written}”, at ${at}`);
    }
    const clusterEnd = at + written.length;
    for (const character of cluster) {
      const isIgnored = ignored.test(character);
      starts.push(isIgnored ? undefined : at);
      // What was composed is one: each of its parts is all of it.
      if (written === visible) at += isIgnored ? 0 : character.length;
      ends.push(written === visible || isIgnored ? at : clusterEnd);
    }
    at = clusterEnd;
  }
  return (start, end) => [starts.slice(start, end).find((place) => place !== undefined) ?? at, ends[end - 1] ?? at];
}

function afterMarks(text: string, from: number): number {
  let at = from;
  while (at < text.length && !saying.test(text.slice(at, at + 2))) at += 1;
  return at;
}

function afterIgnored(text: string, from: number): number {
  let at = from;
  while (at < text.length && ignored.test(text[at] ?? '')) at += 1;
  return at;
}

/** Characters with those that are composed with them, which invisible ones do not keep apart. */
function clustersOf(source: string): string[][] {
  const clusters: string[][] = [];
  for (const character of source) {
    const last = clusters.at(-1);
    const isFurther = following.test(character) || (ignored.test(character) && !/\s/.test(character));
    if (last !== undefined && isFurther) last.push(character);
    else clusters.push([character]);
  }
  return clusters;
}
