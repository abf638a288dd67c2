/** The lines of a paragraph as running text. */
export function joinWrappedLines(lines: readonly string[]): string {
  return lines.reduce((before, after) => (before === '' ? after : joinLine(before, after)), '');
}

const WORD_CHARACTERS_MAX = 80;

/** What links two words of which the first is not whole: “Vor- und Nachteile”, “pre- and post-war”. */
const linkingWord = /^(?:und|oder|bzw|bis|and|or|y|e|o|och|og)(?![\p{L}-])/u;

/**
 * Joins two lines of a paragraph. A hyphen at the end of the first is dropped where the word goes on in lower case, unless the word has
 * another hyphen, is spelt with it elsewhere, or is one of two with the same end. Before a capital or a figure it stays, without a space.
 * @param spelt words with hyphens, in lower case, as the text spells them within its lines.
 */
export function joinLine(before: string, after: string, spelt?: ReadonlySet<string>): string {
  // Looked at from its end alone: what comes before may be a long paragraph, and grows line by line.
  const broken = /(\S*[\p{L}\p{N}])[-\u00ad\u2010]$/u.exec(before.slice(-WORD_CHARACTERS_MAX))?.[1];
  if (broken === undefined) return `${before} ${after}`;
  if (before.endsWith('\u00ad')) return before.slice(0, -1) + after;
  const next = /^[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*/u.exec(after)?.[0] ?? '';
  if (next === '' || linkingWord.test(after)) return `${before} ${after}`;
  const isCompound = !/^\p{Ll}/u.test(next) || !/\p{L}$/u.test(broken) || broken.includes('-') || next.includes('-');
  const word = `${/[\p{L}\p{N}-]+$/u.exec(broken)?.[0] ?? broken}-${next}`.toLowerCase();
  return isCompound || spelt?.has(word) === true ? before + after : before.slice(0, -1) + after;
}

/** The words with hyphens that stand within lines. */
export function listHyphenated(lines: readonly { text: string }[]): Set<string> {
  const words = lines.flatMap(({ text }) => text.match(/\p{L}[\p{L}\p{N}]*(?:[-\u2010][\p{L}\p{N}]+)+/gu) ?? []);
  return new Set(words.map((word) => word.replaceAll('\u2010', '-').toLowerCase()));
}
