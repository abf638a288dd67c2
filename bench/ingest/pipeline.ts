import process from 'node:process';
import { chunkDocument } from '@twin/core/documents/chunk-document';
import { inProcessReader } from '@twin/core/documents/in-process-reader';
import { ingestVersion } from '@twin/core/documents/ingest-version';
import type { ParsedDocument } from '@twin/core/documents/parsed-document';
import { receiveUpload } from '@twin/core/documents/receive-upload';
import type { DocumentReader } from '@twin/core/ports';
import { createBuiltinEmbedder } from '@twin/core/retrieval/builtin-embedder';
import { createTestDeps } from '@twin/core/testing/create-test-deps';
import { findVersion } from '@twin/db/queries/versions';
import type { TestDatabase } from '@twin/db/testing/create-test-database';
import { sql } from 'kysely';
import type { BenchDocument } from './mixed-documents.ts';

/** Milliseconds. `store` is all that is not one of the others: every statement, from the upload to publishing. */
export interface StageTimes {
  read: number;
  chunk: number;
  embed: number;
  /** Telling the language and taking the text apart into words, which the database does while it stores. */
  words: number;
  store: number;
}

type ReadOptions = Parameters<DocumentReader['read']>[1];

/** The sandbox tells progress no more often; pages of a file read in this process come far quicker. */
const PROGRESS_MS_MIN = 100;

/** The product's own ingestion, one document after another, except that files are read in this process. */
export function openPipeline(database: TestDatabase) {
  const times: StageTimes = { read: 0, chunk: 0, embed: 0, words: 0, store: 0 };
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
        const document = await timed(times, 'read', () => inProcessReader.read(whole, atPace(options)));
        parsed = document;
        return document;
      },
    },
    jobs: {
      enqueueIngestion: () => Promise.resolve(),
      ingestUnlocked: () => undefined,
      enqueueErasure: () => Promise.resolve(),
      enqueueEvaluation: () => Promise.resolve(),
      enqueueModelChange: () => Promise.resolve(),
      removeIngestions: () => Promise.resolve(),
    },
  });
  const { scope } = database;
  return {
    async ingest({ fileName, bytes }: BenchDocument) {
      Object.assign(times, { read: 0, chunk: 0, embed: 0, words: 0, store: 0 });
      const started = performance.now();
      const processor = process.cpuUsage();
      const upload = { fileName, mediaType: null, content: inOrder([bytes]), origin: 'upload' as const };
      const { versionId } = (await receiveUpload(deps, scope, upload)).document.ingestion;
      await ingestVersion(deps, scope, versionId, new AbortController().signal);
      const tookMs = performance.now() - started;
      const { user, system } = process.cpuUsage(processor);
      const version = await findVersion(deps.db, scope, versionId);
      if (version?.stage !== 'ready' || parsed === undefined) throw new Error(`${fileName} ended ${version?.stage}`);
      // Done once more by itself: within the pipeline, chunks are cut while earlier ones are stored.
      const cutting = parsed;
      await timed(times, 'chunk', () => Promise.resolve([...chunkDocument(cutting)]));
      await timed(times, 'words', () => computeWords(database, versionId));
      times.store = tookMs - times.read - times.chunk - times.embed - times.words;
      const processorMs = (user + system) / 1000;
      return { versionId, chunks: version.chunk_count ?? 0, stages: { ...times }, processorMs };
    },
  };
}

function atPace(options: ReadOptions): ReadOptions {
  let lastAt = 0;
  const onProgress: ReadOptions['onProgress'] = (progress) => {
    if (performance.now() - lastAt < PROGRESS_MS_MIN) return;
    lastAt = performance.now();
    options.onProgress?.(progress);
  };
  return { ...options, onProgress };
}

/** Once more what storing this version took for its words. */
async function computeWords({ db, scope }: TestDatabase, versionId: number): Promise<void> {
  await sql`select text_language(left(canonical_text, 4000)) from document_text
    where twin_id = ${scope.twinId} and version_id = ${versionId}`.execute(db);
  await sql`select sum(length(setweight(text_words(d.title || E'\\n' || array_to_string(heading_path, E'\\n'), language), 'A')
      || setweight(text_words(content, language), 'B')))
    from chunk c join document d on d.twin_id = c.twin_id and d.id = c.document_id,
      (select language::regconfig from document_version where twin_id = ${scope.twinId} and id = ${versionId}) v (language)
    where c.twin_id = ${scope.twinId} and version_id = ${versionId}`.execute(db);
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
