import { createHash } from 'node:crypto';
import { countChunks, deleteChunks, insertChunks, storeAllChunks } from '@twin/db/queries/chunks';
import { listTextParts, type TextPart } from '@twin/db/queries/document-texts';
import type { UnembeddedChunk } from '@twin/db/queries/embeddings';
import { gatherFirstStatistics } from '@twin/db/queries/first-statistics';
import { progressed } from '@twin/db/queries/version-tries';
import { updateVersionAt, type VersionRow } from '@twin/db/queries/versions';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import { createChunker, type DocumentChunk } from './chunk-document.ts';
import { findDocumentInHand } from './find-document-in-hand.ts';
import type { Block } from './parsed-document.ts';
import { removeChunks } from './remove-chunks.ts';
import type { InHand, StageStep, Standing } from './stages.ts';
import { textToEmbed } from './text-to-embed.ts';

/** Chunks stored in one transaction: few enough that on one connection nobody waits long behind it. */
const CHUNKS_PER_TRANSACTION = 100;
/** Enough to tell a text's language by its stop words. */
const LANGUAGE_SAMPLE_CHARACTERS = 4_000;

/** Cuts the text into passages, hidden until they are published. Starts over when it was interrupted. */
export const chunkVersion: StageStep = async (deps, scope, standing, signal) => {
  const { version, inHand } = standing;
  const parts =
    inHand.text === undefined
      ? listTextParts(deps.db, scope, version.id, version.character_count ?? undefined)
      : only(inHand.text);
  const [document, first] = await Promise.all([findDocumentInHand(deps, scope, standing), parts.next()]);
  if (document === undefined || first.done === true) return undefined;
  // Visible to nobody yet, not even as hidden: no attempt has come this far.
  if (version.visibility !== 'none')
    await removeChunks(deps, scope, { versionId: version.id, stage: 'chunking' }, signal);
  const languageSample = first.value.text.slice(0, LANGUAGE_SAMPLE_CHARACTERS);
  const batches = cutInBatches(first.value, parts);
  let cut = await batches.next();
  for (let chunkCount = 0; ; ) {
    signal.throwIfAborted();
    const chunks = cut.value ?? [];
    const start = chunkCount === 0 ? { languageSample } : undefined;
    chunkCount += chunks.length;
    cut = await batches.next();
    const end = cut.done === true ? { chunkCount } : undefined;
    const stored = await storeBatch(deps, scope, version, { document, chunks, start, end });
    await gatherFirstStatistics(deps.db, chunks.length);
    if (stored === undefined || end !== undefined) return stored;
  }
};

interface Batch {
  document: NonNullable<InHand['document']>;
  chunks: readonly DocumentChunk[];
  /** With the first batch, what an interrupted attempt has left goes away. */
  start: { languageSample: string } | undefined;
  /** With the last one, the version moves on. */
  end: { chunkCount: number } | undefined;
}

/** Most documents are one batch, and so one statement. */
async function storeBatch(
  { db }: Deps,
  scope: TwinScope,
  version: VersionRow,
  { document, chunks, start, end }: Batch,
): Promise<Standing | undefined> {
  const { title } = document;
  const target = { documentId: version.document_id, versionId: version.id, title };
  const hashed = chunks.map((chunk) => {
    return { ...chunk, embeddedSha256: createHash('sha256').update(textToEmbed(title, chunk)).digest() };
  });
  const changes = {
    ...(start && { ...start, visibility: 'hidden' as const, startsEmbeddingAnew: true }),
    ...(end && { ...progressed, stage: 'embedding' as const, chunk_count: end.chunkCount }),
  };
  if (start !== undefined && end !== undefined) {
    const stored = await storeAllChunks(db, scope, target, hashed, changes);
    return stored && { version: stored.version, inHand: { document, chunks: withIds(chunks, stored.chunkIds) } };
  }
  return await db.transaction().execute(async (tx) => {
    const current = await updateVersionAt(tx, scope, version.id, 'chunking', changes);
    if (current === undefined) return undefined;
    // Another worker may have added some by now.
    if (start !== undefined && version.visibility !== 'none') await deleteChunks(tx, scope, [version.id]);
    await insertChunks(tx, scope, target, hashed);
    if (end === undefined) return { version: current, inHand: {} };
    const stored = await countChunks(tx, scope, version.id);
    // Only two workers on one version could make these differ; the next attempt starts over.
    if (stored !== end.chunkCount) throw new Error(`${stored} chunks are stored where ${end.chunkCount} were cut`);
    return { version: current, inHand: {} };
  });
}

function withIds(chunks: readonly DocumentChunk[], ids: readonly number[]): UnembeddedChunk[] {
  if (ids.length !== chunks.length) throw new Error(`${ids.length} chunks are stored where ${chunks.length} were cut`);
  return chunks.map(({ ordinal, headingPath, content }, index) => ({
    id: ids[index] ?? 0,
    ordinal,
    // As they are stored: a character that a cut has halved is another one there.
    headingPath: headingPath.map((heading) => heading.toWellFormed()),
    content: content.toWellFormed(),
  }));
}

async function* only(part: TextPart): AsyncGenerator<TextPart> {
  yield await Promise.resolve(part);
}

async function* cutInBatches(
  first: TextPart,
  others: AsyncIterable<TextPart>,
): AsyncGenerator<DocumentChunk[], undefined> {
  const chunker = createChunker();
  let batch: DocumentChunk[] = [];
  async function* cut(): AsyncGenerator<DocumentChunk> {
    yield* chunker.add(toBlocks(first));
    for await (const part of others) yield* chunker.add(toBlocks(part));
    yield* chunker.end();
  }
  for await (const chunk of cut()) {
    batch.push(chunk);
    if (batch.length === CHUNKS_PER_TRANSACTION) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
  return undefined;
}

function toBlocks(part: TextPart) {
  return { ...part, blocks: part.blocks as Block[] };
}
