import type { SourceVector, VectorSource } from '@twin/core/upstash/sources';
import { Index } from '@upstash/vector';
import { createUpstashRequester, type UpstashRequesterOptions } from './upstash-requester.ts';

const readEndpoints = new Set(['range', 'fetch', 'query', 'info', 'list-namespaces']);
const parts = { includeVectors: true, includeMetadata: true, includeData: true } as const;

/** An Upstash Vector index through its SDK, behind a requester that lets nothing but reads through. */
export function createUpstashVectorSource(
  options: Pick<UpstashRequesterOptions, 'url' | 'token' | 'onWait'>,
): VectorSource {
  const requester = createUpstashRequester({
    ...options,
    variables: { url: 'UPSTASH_VECTOR_REST_URL', token: 'UPSTASH_VECTOR_REST_TOKEN' },
    isRead: ({ path }) => readEndpoints.has((path[0] ?? '').split('/')[0] ?? ''),
  });
  const index = new Index(requester);
  return {
    name: new URL(options.url).host,
    async info() {
      const { dimension, similarityFunction, denseIndex, namespaces } = await index.info();
      const names = [...new Set([...(await index.listNamespaces()), ...Object.keys(namespaces)])].toSorted();
      return {
        dimension,
        similarityFunction,
        ...(denseIndex?.embeddingModel ? { embeddingModel: denseIndex.embeddingModel } : {}),
        namespaces: names.map((name) => ({ name, vectorCount: namespaces[name]?.vectorCount ?? 0 })),
      };
    },
    async range(namespace, cursor, limit) {
      const { vectors, nextCursor } = await index.range({ cursor, limit, ...parts }, { namespace });
      return { vectors: vectors.map(toSourceVector), nextCursor };
    },
    async fetch(namespace, ids) {
      if (ids.length === 0) return [];
      const found = await index.fetch([...ids], { ...parts, namespace });
      return found.map((vector) => (vector === null ? null : toSourceVector(vector)));
    },
    async query(namespace, vector, topK) {
      const found = await index.query({ vector: [...vector], topK }, { namespace });
      return found.map(({ id }) => String(id));
    },
  };
}

function toSourceVector({
  id,
  vector,
  metadata,
  data,
}: {
  id: string | number;
  vector?: number[];
  metadata?: Record<string, unknown>;
  data?: string;
}): SourceVector {
  return {
    id: String(id),
    ...(vector === undefined ? {} : { vector }),
    ...(metadata === undefined ? {} : { metadata }),
    ...(data === undefined ? {} : { data }),
  };
}
