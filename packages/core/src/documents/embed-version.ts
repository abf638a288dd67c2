import type { Tx } from '@twin/db/db';
import {
  activateEmbeddingModel,
  type EmbeddingModel,
  findActiveEmbeddingModel,
  registerEmbeddingModel,
} from '@twin/db/queries/embedding-models';
import { listUnembeddedChunks, storeEmbeddings, type UnembeddedChunk } from '@twin/db/queries/embeddings';
import { copyEmbeddings, listKeptVectors } from '@twin/db/queries/kept-chunks';
import { progressed } from '@twin/db/queries/version-tries';
import { lockVersionAt, updateVersionAt, type VersionRow } from '@twin/db/queries/versions';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import { embedderOf } from '../embedding-models/active-embedder.ts';
import { measureWidth } from '../embedding-models/measure-width.ts';
import type { Embedder } from '../ports.ts';
import { announceIngestion } from './announce-ingestion.ts';
import { findDocumentInHand } from './find-document-in-hand.ts';
import type { StageStep, Standing } from './stages.ts';
import { textToEmbed } from './text-to-embed.ts';

/**
 * Gives every chunk its vector, batch by batch; each batch is kept at once, so an interruption costs one batch. Unchanged
 * passages of a document that is replaced keep the vectors they have.
 *
 * Vectors of different models never mix: the model that answers searches embeds, also where another one is configured by
 * now. Where it cannot be asked any more, the document is published without vectors, searchable by its words, and says so.
 */
export const embedVersion: StageStep = async (deps, scope, standing, signal) => {
  const { version } = standing;
  const [document, model] = await Promise.all([findDocumentInHand(deps, scope, standing), findModel(deps, signal)]);
  if (document === undefined) return undefined;
  const embedder = embedderOf(deps, model);
  if (embedder === undefined) {
    return await moveOn(deps, scope, version, [...version.warnings, otherModelWarning(model, deps.embedder)]);
  }
  const { liveVersionId } = document;
  if (liveVersionId !== null) await takeOver(deps, scope, version, model, liveVersionId, signal);
  // Some have got a vector where any were taken over.
  const inHand = liveVersionId === null ? standing.inHand.chunks : undefined;
  const next = { modelId: model.id, versionId: version.id, limit: embedder.batchMax };
  for (let afterOrdinal = -1; ; ) {
    const chunks =
      inHand === undefined
        ? await listUnembeddedChunks(deps.db, scope, { ...next, afterOrdinal })
        : inHand.filter(({ ordinal }) => ordinal > afterOrdinal).slice(0, next.limit);
    if (chunks.length === 0) return await moveOn(deps, scope, version, version.warnings);
    const texts = chunks.map((chunk) => textToEmbed(document.title, chunk));
    const vectors = await embedder.embed(texts, 'passage', signal);
    // Of those in hand never found by looking for more: whoever cut it anew meanwhile would be moved on without vectors.
    const isLast = inHand === undefined ? chunks.length < next.limit : chunks.at(-1) === inHand.at(-1);
    const stored = await storeBatch(deps, scope, version, { model, chunks, vectors, isLast });
    if (stored === undefined) return undefined;
    if (isLast) return { version: stored, inHand: {} };
    afterOrdinal = chunks.at(-1)?.ordinal ?? afterOrdinal;
    announceIngestion(deps, scope, version.id);
  }
};

interface EmbeddedBatch {
  model: EmbeddingModel;
  chunks: readonly UnembeddedChunk[];
  vectors: readonly Float32Array[];
  /** The version moves on in the same statement. */
  isLast: boolean;
}

/** Few enough that on one connection nobody waits long behind them. */
const COPIED_PER_TRANSACTION = 200;

/** Passages that the version before also had keep their vectors: only what has changed is embedded. */
async function takeOver(
  deps: Deps,
  scope: TwinScope,
  version: VersionRow,
  model: EmbeddingModel,
  fromVersionId: number,
  signal: AbortSignal,
): Promise<void> {
  const target = { modelId: model.id, versionId: version.id };
  const kept = await listKeptVectors(deps.db, scope, { ...target, fromVersionId });
  for (let start = 0; start < kept.length; start += COPIED_PER_TRANSACTION) {
    signal.throwIfAborted();
    const vectors = kept.slice(start, start + COPIED_PER_TRANSACTION);
    const current = await deps.db.transaction().execute(async (tx) => {
      if ((await lockVersionAt(tx, scope, version.id, 'embedding')) === undefined) return undefined;
      const addChunksEmbedded = await copyEmbeddings(tx, scope, { ...target, vectors });
      return await updateVersionAt(tx, scope, version.id, 'embedding', { addChunksEmbedded });
    });
    if (current === undefined) return;
    announceIngestion(deps, scope, version.id);
  }
}

/** The model that answers searches; the first document ever makes it the configured one. */
async function findModel({ db, databaseHome, embedder }: Deps, signal: AbortSignal): Promise<EmbeddingModel> {
  const active = await findActiveEmbeddingModel(db);
  if (active !== undefined) return active;
  const dimensions = await measureWidth(embedder, signal);
  const configured = { provider: embedder.provider, name: embedder.modelName, dimensions };
  return await db.transaction().execute(async (tx: Tx) => {
    const registered = await registerEmbeddingModel(tx, databaseHome, configured);
    // Another worker may have been first, with this model or another.
    return (await findActiveEmbeddingModel(tx)) ?? (await activateEmbeddingModel(tx, registered.id));
  });
}

function otherModelWarning(model: EmbeddingModel, embedder: Embedder): string {
  return (
    `Found by its words only: the library's vectors come from the embedding model “${model.name}”, ` +
    `and “${embedder.modelName}” is configured now.`
  );
}

async function storeBatch(
  deps: Deps,
  scope: TwinScope,
  version: VersionRow,
  { model, chunks, vectors, isLast }: EmbeddedBatch,
): Promise<VersionRow | undefined> {
  const embeddings = chunks.flatMap(({ id }, index) => {
    const embedding = vectors[index];
    return embedding === undefined ? [] : [{ chunkId: id, versionId: version.id, embedding }];
  });
  if (embeddings.length !== chunks.length) throw new Error(`${vectors.length} vectors for ${chunks.length} chunks`);
  const progress = { ...progressed, addChunksEmbedded: chunks.length };
  const changes = isLast ? { ...progress, stage: 'publishing' as const } : progress;
  return await storeEmbeddings(deps.db, scope, { modelId: model.id, versionId: version.id, embeddings }, changes);
}

async function moveOn(
  deps: Deps,
  scope: TwinScope,
  version: VersionRow,
  warnings: string[],
): Promise<Standing | undefined> {
  const moved = await updateVersionAt(deps.db, scope, version.id, 'embedding', {
    ...progressed,
    stage: 'publishing',
    warnings,
  });
  return moved && { version: moved, inHand: {} };
}
