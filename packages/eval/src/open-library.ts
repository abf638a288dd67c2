import type { Deps } from '@twin/core/deps';
import { getWholeText } from '@twin/core/documents/get-document-text';
import type { TextSpan } from '@twin/core/evaluation/text-span';
import type { TwinScope } from '@twin/db/scope';
import { alignText } from './align-text.ts';
import type { Holders } from './build-library.ts';
import type { CorpusSpan, DataSet } from './data-set.ts';

/** A data set's documents as the product holds them. */
export interface Library {
  /** The document that holds a corpus document's text. */
  holderOf(corpusId: string): string;
  /** Those of all of them. */
  documentIds: string[];
  /** The same characters in canonical texts. */
  locate(spans: readonly CorpusSpan[]): TextSpan[];
}

/** Lays the judged places of a data set over the texts that the product has read. */
export async function openLibrary(deps: Deps, scope: TwinScope, dataSet: DataSet, holders: Holders): Promise<Library> {
  const holderOf = (corpusId: string) => holders.get(corpusId) ?? corpusId;
  const spans = dataSet.questions.flatMap(({ answerSpans, goldSpans }) => [...answerSpans, ...goldSpans]);
  const spanned = new Set(spans.map(({ documentId }) => documentId));
  const aligned = new Map<string, ReturnType<typeof alignText>>();
  for (const { id, text } of dataSet.documents.filter(({ id }) => spanned.has(id))) {
    const read = await getWholeText(deps, scope, holderOf(id));
    aligned.set(id, alignText(text, read.text));
  }
  return {
    holderOf,
    documentIds: [...new Set(holders.values())],
    locate: (wanted) =>
      wanted.flatMap(({ documentId, start, end }) => {
        const range = aligned.get(documentId)?.(start, end);
        return range === undefined ? [] : [{ documentId: holderOf(documentId), start: range[0], end: range[1] }];
      }),
  };
}
