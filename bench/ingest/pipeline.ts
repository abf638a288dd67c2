import { chunkDocument } from '@twin/core/documents/chunk-document';
import { inProcessReader } from '@twin/core/documents/in-process-reader';
import { ingestVersion } from '@twin/core/documents/ingest-version';
import type { ParsedDocument } from '@twin/core/documents/parsed-document';
import { receiveUpload } from '@twin/core/documents/receive-upload';
import { createBuiltinEmbedder } from '@twin/core/retrieval/builtin-embedder';
import { createTestDeps } from '@twin/core/testing/create-test-deps';
import { findVersion } from '@twin/db/queries/versions';
import type { TestDatabase } from '@twin/db/testing/create-test-database';
import type { BenchDocument } from './mixed-documents.ts';

/** Milliseconds. `store` is all that is not one of the others: every statement, from the upload to publishing. */
export interface StageTimes {
  read: number;
  chunk: number;
  embed: number;
  store: number;
}

/** The product's own ingestion, one document after another, except that files are read in this process. */
export function openPipeline(database: TestDatabase) {
  const times: StageTimes = { read: 0, chunk: 0, embed: 0, store: 0 };
  let parsed: ParsedDocument | undefined;
  const embedder = createBuiltinEmbedder();
  const deps = createTestDeps(database, {
    embedder: {
      ...embedder,
      embed: (texts, purpose) => timed(times, 'embed', () => embedder.embed(texts, purpose)),
    },
    reader: {
      read: async (file, options) => {
        const parts: Uint8Array[] = [];
        for await (const part of file.content()) parts.push(part);
        const whole = { ...file, content: () => inOrder(parts) };
        const document = await timed(times, 'read', () => inProcessReader.read(whole, options));
        parsed = document;
        return document;
      },
    },
    jobs: {
      enqueueIngestion: () => Promise.resolve(),
      enqueueErasure: () => Promise.resolve(),
      enqueueEvaluation: () => Promise.resolve(),
      enqueueModelChange: () => Promise.resolve(),
      removeIngestions: () => Promise.resolve(),
    },
  });
  const { scope } = database;
  return {
    async ingest({ fileName, bytes }: BenchDocument) {
      Object.assign(times, { read: 0, chunk: 0, embed: 0, store: 0 });
      const started = performance.now();
      const upload = { fileName, mediaType: null, content: inOrder([bytes]), origin: 'upload' as const };
      const { versionId } = (await receiveUpload(deps, scope, upload)).document.ingestion;
      await ingestVersion(deps, scope, versionId, new AbortController().signal);
      const tookMs = performance.now() - started;
      const version = await findVersion(deps.db, scope, versionId);
      if (version?.stage !== 'ready' || parsed === undefined) throw new Error(`${fileName} ended ${version?.stage}`);
      // Done once more by itself: within the pipeline, chunks are cut while earlier ones are stored.
      const cutting = parsed;
      await timed(times, 'chunk', () => Promise.resolve([...chunkDocument(cutting)]));
      times.store = tookMs - times.read - times.chunk - times.embed;
      return { times: { ...times }, versionId, chunkCount: version.chunk_count ?? 0 };
    },
  };
}

async function timed<T>(times: StageTimes, stage: keyof StageTimes, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  try {
    return await work();
  } finally {
    times[stage] += performance.now() - started;
  }
}

async function* inOrder(parts: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield await Promise.resolve(part);
}
