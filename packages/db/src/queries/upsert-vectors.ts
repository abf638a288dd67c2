import { sql } from 'kysely';
import type { DatabaseHandle } from '../client.ts';
import { type Db, inTransaction } from '../db.ts';
import { placeOfVectorId } from '../place-of-vector-id.ts';
import { postgresErrorCode } from '../postgres-error.ts';
import type { TwinScope } from '../scope.ts';
import { vectorText } from '../vector.ts';
import { VectorRefusal } from '../vector-refusal.ts';
import { activateEmbeddingModel, registerEmbeddingModel } from './embedding-models.ts';

export interface NewVector {
  /** `<document>-chunk-<n>` is the nth passage of that document; any other id is a document of its own. */
  id: string;
  embedding: Float32Array;
  /** The passage, not empty. */
  content: string;
  /** `title` names the document; all of it is kept, shown in `metadata` and found by filters. */
  metadata?: Record<string, unknown>;
  /** The document's title, where the metadata does not hold it. */
  title?: string;
}

interface VectorModel {
  provider: string;
  name: string;
}

interface PlacedVector extends NewVector {
  documentId: string;
  ordinal: number;
}

/**
 * Adds vectors that were computed elsewhere, or replaces those in the same places, in one statement for all of them. They
 * are documents like others, without a file: listed, found by words and by meaning, cited and deleted. Of several for one
 * place the last counts. The first vectors ever make their model the one that answers searches. On a transaction it is a part
 * of that, which a refusal ends.
 *
 * @throws VectorRefusal `other-model` when the library's vectors come from another model or have another width,
 *   `has-file` when an id names a passage of a document that came as a file.
 */
export async function upsertVectors(
  { db, home }: Pick<DatabaseHandle, 'db' | 'home'>,
  scope: TwinScope,
  model: VectorModel,
  vectors: readonly NewVector[],
): Promise<void> {
  if (await sendVectors(db, scope, model, vectors)) return;
  await inTransaction(db, async (tx) => {
    const dimensions = vectors[0]?.embedding.length ?? 0;
    const { id } = await registerEmbeddingModel(tx, home, { ...model, dimensions });
    await activateEmbeddingModel(tx, id);
    await sendVectors(tx, scope, model, vectors);
  });
}

/** One call of `upsert_vectors`; false, and nothing done, where no model answers searches yet. */
async function sendVectors(
  db: Db,
  scope: TwinScope,
  model: VectorModel,
  vectors: readonly NewVector[],
): Promise<boolean> {
  const [first] = vectors;
  if (first === undefined) return true;
  const dimensions = first.embedding.length;
  assertOneWidth(vectors, dimensions);
  const placed = vectors.map(placeVector);
  // The last for a place wins, as if they had come one after another.
  const batch = [...new Map(placed.map((vector) => [`${vector.ordinal} ${vector.documentId}`, vector])).values()];
  const titles = titlesOf(batch);
  try {
    const { rows } = await sql<{ done: boolean }>`
      select upsert_vectors(${scope.twinId}, ${model.provider}, ${model.name}, ${dimensions},
        ${batch.map(({ id }) => id)}::text[],
        ${batch.map(({ documentId }) => documentId)}::text[],
        ${batch.map(({ ordinal }) => ordinal)}::integer[],
        ${batch.map(({ documentId }) => titles.get(documentId) ?? null)}::text[],
        ${batch.map(({ content }) => content)}::text[],
        ${batch.map(({ content }) => content.length)}::integer[],
        ${batch.map(({ metadata }) => JSON.stringify(metadata ?? {}))}::text[]::jsonb[],
        ${batch.map(({ embedding }) => vectorText(embedding))}::text[]::vector[]) as done`.execute(db);
    return rows[0]?.done === true;
  } catch (error) {
    const code = refusals[postgresErrorCode(error) ?? ''];
    if (code === undefined || !(error instanceof Error)) throw error;
    throw new VectorRefusal(code, error.message);
  }
}

/** What `upsert_vectors` raises. */
const refusals: Record<string, VectorRefusal['code']> = { TW001: 'other-model', TW002: 'has-file' };

function assertOneWidth(vectors: readonly NewVector[], dimensions: number): void {
  const odd = vectors.find(({ embedding }) => embedding.length !== dimensions);
  if (odd !== undefined) {
    throw new VectorRefusal('other-model', `“${odd.id}” has ${odd.embedding.length} dimensions, not ${dimensions}.`);
  }
}

function placeVector(vector: NewVector): PlacedVector {
  return { ...vector, ...(placeOfVectorId(vector.id) ?? { documentId: vector.id, ordinal: 0 }) };
}

/** Of each document the first title among its vectors. */
function titlesOf(vectors: readonly PlacedVector[]): Map<string, string> {
  const titles = new Map<string, string>();
  for (const { documentId, title, metadata } of vectors) {
    const found = title ?? metadata?.['title'];
    if (typeof found === 'string' && !titles.has(documentId)) titles.set(documentId, found);
  }
  return titles;
}
