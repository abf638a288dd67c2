const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });
const chinesePair = /^\p{Script=Han}{2}$/u;

/**
 * The pairs of Chinese characters that stand within one word of a text, as a dictionary cuts it: of 飓风强度的尺度 those of 飓风, 强度
 * and 尺度.
 */
export function listPairsWithinWords(texts: readonly string[]): Set<string> {
  const pairs = new Set<string>();
  for (const text of texts) {
    for (const { segment } of segmenter.segment(text.normalize('NFKC'))) {
      for (let at = 0; at < segment.length - 1; at += 1) pairs.add(segment.slice(at, at + 2));
    }
  }
  return pairs;
}

/**
 * Whether a word of a question is a pair of Chinese characters that belong to two words: few texts repeat it, whatever they are
 * about. Where scripts mix, as in Japanese, and in Thai, whose pairs are no syllables, nothing was gained by telling.
 */
export function straddlesWords(lexeme: string, pairsWithinWords: ReadonlySet<string>): boolean {
  return chinesePair.test(lexeme) && !pairsWithinWords.has(lexeme);
}
