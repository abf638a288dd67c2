import { contentWords } from '../retrieval/content-words.ts';

const negations = new Set(
  `no not never none neither nor without cannot nothing nobody hardly lack lacks lacked lacking
  nicht nie niemals kein keine keinen keinem keiner keines ohne weder
  pas jamais aucun aucune sans ni non nunca ningún ninguno ninguna sin senza mai nessun nessuno nessuna
  não nem sem niet nooit geen zonder inte ingen inget aldrig utan ikke ingen aldri uten uden не нет без никогда`.split(
    /\s+/,
  ),
);
/** What a negation denies stands this many words behind it at most: "do not have a sting". */
const reach = 4;

/** The content words of a text that a negation stands close before, in the same clause. */
export function negatedWords(text: string): Set<string> {
  const negated = new Set<string>();
  for (const clause of text.split(/[,;:.!?()\n]+/)) {
    const words =
      clause
        .toLowerCase()
        .replaceAll('’', "'")
        .match(/[\p{L}\p{M}\p{N}']+/gu) ?? [];
    for (const [index, word] of words.entries()) {
      if (!negations.has(word) && !word.endsWith("n't")) continue;
      const denied = words.slice(index + 1, index + 1 + reach).join(' ');
      for (const content of contentWords(denied)) negated.add(content);
    }
  }
  return negated;
}
