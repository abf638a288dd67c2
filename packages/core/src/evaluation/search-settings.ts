import type { Deps } from '../deps.ts';
import { chunkTokens } from '../documents/chunk-document.ts';
import { findActiveEmbedder } from '../embedding-models/active-embedder.ts';
import type { Embedder } from '../ports.ts';
import { staticModelDigest } from '../retrieval/static-model-digest.ts';

/** All that what a search finds depends on beside the documents. */
export interface SearchSettings {
  /** A digest of the code. Runs of earlier releases name their release instead. */
  code: string;
  /** Vectors are kept in half precision on a server, and whole ones embedded. */
  databaseHome: Deps['databaseHome'];
  /** The model that answers searches; null while there is none that can be asked. */
  embedder: string | null;
  embedderProvider: Embedder['provider'] | null;
  /** Two servers may serve different models under one name. */
  embedderEndpoint: string | null;
  embedderDimensions: number | null;
  /** Of the built-in model's files, where it is that one. */
  embedderDigest: string | null;
  chunkTokens: number;
  /** Null: passages stay in the order of the search. */
  reranker: string | null;
}

/** The settings that a search would be made with now: where they and the documents are equal, so is what an exact search finds. */
export async function findSearchSettings(
  deps: Pick<Deps, 'code' | 'db' | 'databaseHome' | 'embedder' | 'otherEmbedder' | 'reranker'>,
): Promise<SearchSettings> {
  const active = await findActiveEmbedder(deps);
  return {
    code: deps.code,
    databaseHome: deps.databaseHome,
    embedder: active?.model.name ?? null,
    embedderProvider: active?.embedder.provider ?? null,
    embedderEndpoint: active?.embedder.endpoint ?? null,
    embedderDimensions: active?.model.dimensions ?? null,
    embedderDigest: active?.embedder.provider === 'builtin' ? await staticModelDigest() : null,
    chunkTokens: chunkTokens.target,
    reranker: deps.reranker?.name ?? null,
  };
}
