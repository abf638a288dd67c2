import type { Deps } from '@twin/core/deps';
import { ingestVersion } from '@twin/core/documents/ingest-version';
import { receiveUpload } from '@twin/core/documents/receive-upload';
import type { TwinScope } from '@twin/db/scope';
import type { CorpusDocument, DataSet } from './data-set.ts';

/** Which document holds a corpus document's text: another one where two read the same. */
export type Holders = ReadonlyMap<string, string>;

/**
 * Takes every document of a data set in, by the way an upload goes: read as plain text, chunked, embedded, published. A
 * document that is nothing but a title is taken in with its title as text; one without either is left out.
 */
export async function buildLibrary(
  deps: Deps,
  scope: TwinScope,
  dataSet: DataSet,
  { signal, onProgress }: { signal: AbortSignal; onProgress: () => void },
): Promise<Holders> {
  const holders = new Map<string, string>();
  for (const document of dataSet.documents) {
    signal.throwIfAborted();
    holders.set(document.id, await takeIn(deps, scope, document, signal));
    onProgress();
  }
  return holders;
}

async function takeIn(deps: Deps, scope: TwinScope, { id, title, text }: CorpusDocument, signal: AbortSignal) {
  const words = text.trim() === '' ? title : text;
  if (words.trim() === '') return id;
  async function* content() {
    yield new TextEncoder().encode(words);
  }
  const file = { fileName: 'text.txt', mediaType: 'text/plain', content: content(), origin: 'upload' as const };
  const { document, outcome } = await receiveUpload(deps, scope, { ...file, documentId: id, title });
  if (outcome !== 'duplicate') await ingestVersion(deps, scope, document.ingestion.versionId, signal);
  return document.id;
}
