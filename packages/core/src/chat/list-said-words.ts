import { listTextLexemes } from '@twin/db/queries/lexemes';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import type { Passage } from '../retrieval/passage.ts';
import type { SaidWords } from './score-sentence.ts';

interface LabeledSentence {
  passage: Passage;
  text: string;
  /** What the columns of a row are called; none elsewhere. */
  labels: readonly string[];
}

/** What each of some sentences says, by its number among them; those before and after it are beside it. */
export async function listSaidWords(
  { db }: Pick<Deps, 'db'>,
  scope: TwinScope,
  sentences: readonly LabeledSentence[],
): Promise<(index: number) => SaidWords> {
  const texts = sentences.flatMap(({ text, labels, passage }) => [text, labels.join('\n'), contextOf(passage)]);
  const distinct = [...new Set(texts)];
  const lexemes = await listTextLexemes(db, scope, distinct);
  const lexemesOf = new Map(distinct.map((text, index) => [text, lexemes[index] ?? []]));
  const stems = (text = '') => lexemesOf.get(text) ?? [];
  return (index) => {
    const sentence = sentences[index];
    const beside = [index - 1, index + 1].map((other) => sentences[other]);
    return {
      own: new Set(stems(sentence?.text)),
      labels: new Set(stems(sentence?.labels.join('\n'))),
      context: new Set(sentence && stems(contextOf(sentence.passage))),
      beside: new Set(
        beside.filter((other) => other?.passage === sentence?.passage).flatMap((other) => stems(other?.text)),
      ),
    };
  };
}

function contextOf({ documentTitle, headingPath }: Passage): string {
  return [documentTitle, ...headingPath].join('\n');
}
