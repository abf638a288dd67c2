import { createHash } from 'node:crypto';
import { countChunks, deleteChunks, insertChunks } from '@twin/db/queries/chunks';
import { findDocumentText } from '@twin/db/queries/document-texts';
import { findDocument } from '@twin/db/queries/documents';
import { lockVersionAt, updateVersionAt, updateVersionLanguage, type VersionRow } from '@twin/db/queries/versions';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import { chunkDocument, type DocumentChunk } from './chunk-document.ts';
import type { Block } from './parsed-document.ts';
import type { StageStep } from './stages.ts';
import { textToEmbed } from './text-to-embed.ts';

/** Chunks stored in one transaction: few enough that on one connection nobody waits long behind it. */
const CHUNKS_PER_TRANSACTION = 100;
/** Enough to tell a text's language by its stop words. */
const LANGUAGE_SAMPLE_CHARACTERS = 4_000;

/** Cuts the text into passages, hidden until they are published. Starts over when it was interrupted. */
export const chunkVersion: StageStep = async (deps, scope, version, signal) => {
  const document = await findDocument(deps.db, scope, version.document_id);
  const text = await findDocumentText(deps.db, scope, version.id);
  if (document === undefined || text === undefined) return;
  const sample = text.canonicalText.slice(0, LANGUAGE_SAMPLE_CHARACTERS);
  if (!(await startOver(deps, scope, version, sample))) return;
  let chunkCount = 0;
  const parsed = { canonicalText: text.canonicalText, blocks: text.blocks as Block[] };
  for (const batch of inBatches(chunkDocument(parsed))) {
    signal.throwIfAborted();
    if (!(await storeBatch(deps, scope, version, document.title, batch))) return;
    chunkCount += batch.length;
  }
  await deps.db.transaction().execute(async (tx) => {
    if ((await lockVersionAt(tx, scope, version.id, 'chunking')) === undefined) return;
    // Only two workers on one version could make these differ; the next attempt starts over.
    const stored = await countChunks(tx, scope, version.id);
    if (stored !== chunkCount) throw new Error(`${stored} chunks are stored where ${chunkCount} were cut`);
    await updateVersionAt(tx, scope, version.id, 'chunking', {
      stage: 'embedding',
      attempts: 1,
      chunk_count: chunkCount,
    });
  });
};

async function startOver(deps: Deps, scope: TwinScope, version: VersionRow, sample: string): Promise<boolean> {
  return await deps.db.transaction().execute(async (tx) => {
    const isHere = await updateVersionAt(tx, scope, version.id, 'chunking', { visibility: 'hidden' });
    if (isHere) {
      await deleteChunks(tx, scope, [version.id]);
      await updateVersionLanguage(tx, scope, { versionId: version.id, sample });
    }
    return isHere;
  });
}

async function storeBatch(
  deps: Deps,
  scope: TwinScope,
  version: VersionRow,
  title: string,
  chunks: readonly DocumentChunk[],
): Promise<boolean> {
  return await deps.db.transaction().execute(async (tx) => {
    if ((await lockVersionAt(tx, scope, version.id, 'chunking')) === undefined) return false;
    const hashed = chunks.map((chunk) => {
      return { ...chunk, embeddedSha256: createHash('sha256').update(textToEmbed(title, chunk)).digest() };
    });
    await insertChunks(tx, scope, { documentId: version.document_id, versionId: version.id, title }, hashed);
    return true;
  });
}

function* inBatches<T>(items: Iterable<T>): Generator<T[]> {
  let batch: T[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length === CHUNKS_PER_TRANSACTION) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}
