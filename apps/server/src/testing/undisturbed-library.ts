import { receiveUpload } from '@twin/core/documents/receive-upload';
import { createBuiltinEmbedder } from '@twin/core/retrieval/builtin-embedder';
import { createIngestionDeps, inParts } from '@twin/core/testing/ingestion-deps';
import { createTestDatabase } from '@twin/db/testing/create-test-database';
import { listStoredChunks, listWordCounts, type StoredChunk } from '@twin/db/testing/list-stored-chunks';

export interface TestFile {
  id: string;
  fileName: string;
  content: string;
}

export interface StoredLibrary {
  chunks: StoredChunk[];
  words: { lexeme: string; chunkCount: number }[];
}

/** What a database holds after each of these batches of files when nothing disturbs their ingestion. */
export async function ingestUndisturbed(batches: readonly TestFile[][]): Promise<StoredLibrary[]> {
  const database = await createTestDatabase();
  try {
    const deps = createIngestionDeps(database, { embedder: createBuiltinEmbedder() });
    const libraries: StoredLibrary[] = [];
    for (const files of batches) {
      for (const { id, fileName, content } of files) {
        const file = { documentId: id, fileName, mediaType: null, content: inParts(content) };
        await receiveUpload(deps, database.scope, { ...file, origin: 'upload' });
      }
      await deps.runJobs();
      libraries.push({ chunks: await listStoredChunks(database.db), words: await listWordCounts(database.db) });
    }
    return libraries;
  } finally {
    await database.close();
  }
}
