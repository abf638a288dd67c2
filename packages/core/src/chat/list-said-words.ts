import { listTextLexemes } from '@twin/db/queries/lexemes';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import type { Passage } from '../retrieval/passage.ts';
import type { Sentence } from './list-sentences.ts';
import type { SaidWords } from './score-sentence.ts';

/** What each of some sentences says, by its number among them; those before and after it are beside it. */
export async function listSaidWords(
  { db }: Pick<Deps, 'db'>,
  scope: TwinScope,
  sentences: readonly Pick<Sentence, 'passage' | 'text' | 'labels' | 'section'>[],
): Promise<(index: number) => SaidWords> {
  const texts = sentences.flatMap(({ text, labels, section, passage }) => [
    text,
    labels.join('\n'),
    section,
    contextOf(passage),
  ]);
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
      section: new Set(stems(sentence?.section)),
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
