/** One of two neighbours has so many letters: "of the" and "did he" stand in every text. */
const longWordLetters = 4;

/** Pairs of words that stand beside each other, each once. In scripts without spaces there are none to tell apart. */
export function listNeighbouringWords(text: string): Set<string> {
  const words =
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const pairs = new Set<string>();
  for (const [index, word] of words.entries()) {
    const next = words[index + 1];
    if (next === undefined || Math.max(word.length, next.length) < longWordLetters) continue;
    pairs.add(`${word} ${next}`);
  }
  return pairs;
}

/** Share of the pairs of neighbours asked that a text says as they were asked, 0 to 1. */
export function shareSaidTogether(asked: ReadonlySet<string>, text: string): number {
  if (asked.size === 0) return 0;
  const said = listNeighbouringWords(text);
  return [...asked].filter((pair) => said.has(pair)).length / asked.size;
}
