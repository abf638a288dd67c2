import { listPassages } from '@twin/db/queries/search';
import { findTwin } from '@twin/db/queries/twins';
import { listUnfinishedVersions } from '@twin/db/queries/versions';
import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { emptyLibrary } from '@twin/db/testing/empty-library';
import { searchWords } from '@twin/db/testing/search-words';
import type { Deps } from '../deps.ts';
import type { DocumentView } from '../documents/document-view.ts';
import { getDocument } from '../documents/get-document.ts';
import { type IngestInput, type IngestResult, ingestDocuments } from '../documents/ingest-documents.ts';
import { receiveUpload } from '../documents/receive-upload.ts';
import { createIngestionDeps, type IngestionDeps, inParts } from './ingestion-deps.ts';

/** A library to try ingestion on: one database for a test file, emptied between its tests. */
export interface IngestionBench {
  readonly database: TestDatabase;
  readonly deps: IngestionDeps;
  /** From here on, `deps` differ like this from the usual ones. Queued jobs are forgotten. */
  use(overrides: Partial<Deps>): void;
  /** An empty library and the usual deps. */
  reset(): Promise<void>;
  upload(
    content: string | Uint8Array,
    options?: { documentId?: string; title?: string; fileName?: string },
  ): ReturnType<typeof receiveUpload>;
  ingest(documents: IngestInput['documents']): Promise<IngestResult>;
  document(id: string): Promise<DocumentView>;
  /** The contents of the passages that hold this word. */
  search(word: string): Promise<string[]>;
  corpusVersion(): Promise<number>;
  /** Queues every unfinished version and does the work, as a restarted server would. */
  resumeAll(signal?: AbortSignal): Promise<void>;
}

export async function openIngestionBench(): Promise<IngestionBench> {
  const database = await createTestDatabase();
  const { db, scope } = database;
  let deps = createIngestionDeps(database);
  return {
    database,
    get deps() {
      return deps;
    },
    use(overrides) {
      deps = createIngestionDeps(database, overrides);
    },
    async reset() {
      await emptyLibrary(db);
      deps = createIngestionDeps(database);
    },
    upload: (content, options = {}) =>
      receiveUpload(deps, scope, {
        fileName: 'note.md',
        mediaType: null,
        content: inParts(content),
        origin: 'upload',
        ...options,
      }),
    ingest: (documents) =>
      ingestDocuments(
        deps,
        { kind: 'owner', scope, userId: 'owner', label: 'owner' },
        { documents, userLabel: 'user-123' },
      ),
    document: (id) => getDocument(deps, scope, id),
    async search(word) {
      const matches = await searchWords(db, scope, { question: word, limit: 50 });
      const chunkIds = matches.map(({ chunkId }) => chunkId);
      return (await listPassages(db, scope, chunkIds)).map(({ content }) => content);
    },
    corpusVersion: async () => (await findTwin(db, scope))?.corpusVersion ?? -1,
    async resumeAll(signal) {
      for (const { id } of await listUnfinishedVersions(db, scope)) {
        await db.transaction().execute((tx) => deps.jobs.enqueueIngestion(tx, scope, id));
      }
      await deps.runJobs(signal);
    },
  };
}
