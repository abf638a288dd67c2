/** Longer bracketed lists of numbers are not markers. */
const markerCharactersMax = 40;

/** Whether a text that begins with `[` can still become a marker. */
export function isMarkerStart(text: string): boolean {
  return text.length < markerCharactersMax && /^\[(?:\d[\d ,;–-]*)?$/.test(text);
}

/**
 * The passages a marker such as `[1]`, `[1, 2]` or `[1-3]` names, each once, in its order, without those that were
 * not sent. Undefined when the text is no marker: years such as `[1994]` are text.
 */
export function readMarker(text: string, passageCount: number): number[] | undefined {
  if (!/^\[\d{1,3}(?: *[,;–-] *\d{1,3})* *\]$/.test(text)) return undefined;
  const named = text
    .slice(1, -1)
    .split(/[,;]/)
    .flatMap((part) => {
      const ends = part.split(/[–-]/).map(Number);
      const [from = 0, to = from] = [ends[0], ends.at(-1)];
      const count = Math.min(to, passageCount) - from + 1;
      return Array.from({ length: Math.max(0, count) }, (_, index) => from + index);
    });
  return [...new Set(named)].filter((number) => number >= 1 && number <= passageCount);
}
