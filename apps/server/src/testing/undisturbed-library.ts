import { receiveUpload } from '@twin/core/documents/receive-upload';
import { createBuiltinEmbedder } from '@twin/core/retrieval/builtin-embedder';
import { createIngestionDeps, inParts } from '@twin/core/testing/ingestion-deps';
import type { DatabaseHandle } from '@twin/db/client';
import { LOCAL_TWIN_ID, mintTwinScope } from '@twin/db/scope';
import { createTestDatabase } from '@twin/db/testing/create-test-database';
import { listStoredChunks, listWordCounts, type StoredChunk } from '@twin/db/testing/list-stored-chunks';
import { listStoredTexts, type StoredText } from '@twin/db/testing/list-stored-texts';

export interface TestFile {
  id: string;
  fileName: string;
  content: string | Uint8Array<ArrayBuffer>;
}

export interface StoredLibrary {
  chunks: StoredChunk[];
  words: { lexeme: string; chunkCount: number }[];
  texts: StoredText[];
}

/** What a database holds after each of these batches of files when nothing disturbs their ingestion. */
export async function ingestUndisturbed(batches: readonly TestFile[][]): Promise<StoredLibrary[]> {
  const database = await createTestDatabase();
  try {
    const libraries: StoredLibrary[] = [];
    for (const files of batches) {
      await ingestInto(database, files);
      libraries.push(await storedLibrary(database));
    }
    return libraries;
  } finally {
    await database.close();
  }
}

/** Takes files in, in this process, with the model that servers have. */
export async function ingestInto(database: DatabaseHandle, files: readonly TestFile[]): Promise<void> {
  const scope = mintTwinScope(LOCAL_TWIN_ID);
  const deps = createIngestionDeps({ ...database, scope }, { embedder: createBuiltinEmbedder() });
  for (const { id, fileName, content } of files) {
    const file = { documentId: id, fileName, mediaType: null, content: inParts(content) };
    await receiveUpload(deps, scope, { ...file, origin: 'upload' });
  }
  await deps.runJobs();
}

export async function storedLibrary({ db }: Pick<DatabaseHandle, 'db'>): Promise<StoredLibrary> {
  return { chunks: await listStoredChunks(db), words: await listWordCounts(db), texts: await listStoredTexts(db) };
}
