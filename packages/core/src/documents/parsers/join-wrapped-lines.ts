/** The lines of a paragraph as running text. */
export function joinWrappedLines(lines: readonly string[]): string {
  return lines.reduce((before, after) => (before === '' ? after : joinLine(before, after)), '');
}

/** A hyphen at a line's end is dropped where the word goes on in lower case, unless the word has another hyphen. */
export function joinLine(before: string, after: string): string {
  const broken = /(\S*\p{L})[-\u00ad\u2010]$/u.exec(before);
  if (broken === null || !/^\p{Ll}/u.test(after)) return `${before} ${after}`;
  return broken[1]?.includes('-') ? before + after : before.slice(0, -1) + after;
}
