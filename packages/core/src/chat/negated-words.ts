import { contentWords } from '../retrieval/content-words.ts';
import { textLanguage } from '../retrieval/text-language.ts';
import { deniedStretches } from './unspaced-negations.ts';

const negations = new Set(
  `no not never none neither nor without cannot nothing nobody hardly lack lacks lacked lacking
  nicht nie niemals kein keine keinen keinem keiner keines ohne weder
  pas jamais aucun aucune sans ni non nunca ningún ninguno ninguna senza nessun nessuno nessuna
  não nem sem niet nooit geen zonder inte ingen inget aldrig utan ikke ingen aldri uten uden
  ei eivät emme ette ilman nem nincs nélkül soha fără niciodată niciun nicio değil yok не нет без никогда`.split(/\s+/),
);
/** Words that mean something else in other languages. */
const negationsOf: Record<string, ReadonlySet<string>> = {
  es: new Set(['sin']),
  it: new Set(['mai']),
  ro: new Set(['nu']),
};
/** What a negation denies stands this many words behind it at most: "do not have a sting". */
const reach = 4;

/** Whether a word denies, in any language where it could mean nothing else. */
export function isNegation(word: string): boolean {
  return negations.has(word) || word.endsWith("n't");
}

/** The content words of a text that a negation stands close before, in the same clause; close after in Japanese. */
export function negatedWords(text: string): Set<string> {
  const negated = new Set<string>();
  const language = textLanguage(text);
  const ownNegations = language === undefined ? undefined : negationsOf[language];
  for (const clause of text.split(/[,;:.!?()\n]+/)) {
    const words =
      clause
        .toLowerCase()
        .replaceAll('’', "'")
        .match(/[\p{L}\p{M}\p{N}']+/gu) ?? [];
    for (const [index, word] of words.entries()) {
      if (!isNegation(word) && ownNegations?.has(word) !== true) continue;
      const denied = words.slice(index + 1, index + 1 + reach).join(' ');
      for (const content of contentWords(denied)) negated.add(content);
    }
  }
  for (const stretch of deniedStretches(text)) for (const content of contentWords(stretch)) negated.add(content);
  return negated;
}
