import { type RawBuilder, sql } from 'kysely';
import type { DatabaseHome } from '../client.ts';
import type { Db, Tx } from '../db.ts';
import { namedStatement } from '../server/name-statements.ts';
import { IVFFLAT_ROWS_MIN, indexDefinition, vectorStorage } from '../vector.ts';
import { raiseBuildMemory } from './index-build-memory.ts';
import { findVectorIndexKind } from './vector-index-kind.ts';

export interface EmbeddingModel {
  id: number;
  provider: string;
  name: string;
  dimensions: number;
  /** One model is `active` and answers searches; `building` ones never did, being filled or left unfinished; `retired` ones did before. */
  state: 'active' | 'building' | 'retired';
}

const COLUMNS = ['id', 'provider', 'name', 'dimensions', 'state'] as const;

/** The table that holds one model's vectors. Models differ in width and meaning, so their vectors never share one. */
export function embeddingTable(modelId: number): RawBuilder<unknown> {
  if (!Number.isSafeInteger(modelId) || modelId <= 0) {
    throw new RangeError(`An embedding model id is a positive integer, got ${String(modelId)}`);
  }
  return sql.table(`chunk_embedding_${modelId}`);
}

export async function findActiveEmbeddingModel(db: Db): Promise<EmbeddingModel | undefined> {
  const { rows } = await sql<EmbeddingModel>`${namedStatement('active-embedding-model')}
    select ${sql.join(COLUMNS.map((column) => sql.ref(column)))} from embedding_model where state = 'active'`.execute(
    db,
  );
  return rows[0];
}

/** The one that answered before the active one. */
export async function findLastRetiredEmbeddingModel(db: Db): Promise<EmbeddingModel | undefined> {
  return await db
    .selectFrom('embedding_model')
    .select(COLUMNS)
    .where('state', '=', 'retired')
    .orderBy('retired_at', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** A recorded change leads to it, whichever twin's: models are everybody's. */
const isChangedTo = sql<boolean>`exists (
  select from model_change m where m.state in ('queued', 'running') and m.model = embedding_model.name)`;

/**
 * Forgets models that do not answer and have neither answered nor been filled for `days`, with their vectors; returns
 * their names. One that a change under way leads to stays. The lock on each row makes whoever is about to fill one wait, and
 * make it anew; one that was taken up meanwhile is looked at again, and stays.
 */
export async function deleteUnusedEmbeddingModels(tx: Tx, days: number): Promise<string[]> {
  const { rows } = await sql<{ id: number; name: string }>`
    select id, name from embedding_model
    where state <> 'active' and greatest(retired_at, filled_at) < now() - make_interval(days => ${days})
      and not ${isChangedTo}
    for update`.execute(tx);
  for (const { id } of rows) await dropModel(tx, id);
  return rows.map(({ name }) => name);
}

/** Forgets a model that never answered, with its vectors; any other stays. */
export async function deleteUnfinishedEmbeddingModel(tx: Tx, modelId: number): Promise<void> {
  const { rows } = await sql`
    select id from embedding_model where id = ${modelId} and state = 'building' for update`.execute(tx);
  if (rows.length > 0) await dropModel(tx, modelId);
}

async function dropModel(tx: Tx, modelId: number): Promise<void> {
  await sql`drop table if exists ${embeddingTable(modelId)}`.execute(tx);
  await tx.deleteFrom('embedding_model').where('id', '=', modelId).execute();
}

export interface ListedEmbeddingModel extends EmbeddingModel {
  /** When it was last taken up to be filled, or vectors were stored on the way. */
  filledAt: Date;
  /** Whether a recorded change that leads to it is under way. */
  isChangedTo: boolean;
}

/** In the order they were registered. */
export async function listEmbeddingModels(db: Db): Promise<ListedEmbeddingModel[]> {
  return await db
    .selectFrom('embedding_model')
    .select([...COLUMNS, 'filled_at as filledAt', isChangedTo.as('isChangedTo')])
    .orderBy('id')
    .execute();
}

/** Says that a model is being filled: its table is kept for a while from now on. */
export async function updateFilledAt(db: Db, modelId: number): Promise<void> {
  await db.updateTable('embedding_model').set({ filled_at: sql<Date>`now()` }).where('id', '=', modelId).execute();
}

/**
 * The model of this provider, name and width, with a table for its vectors: made when it is new, in state `building`.
 * Safe when two processes register it at once: the second waits for the first.
 */
export async function registerEmbeddingModel(
  tx: Tx,
  home: DatabaseHome,
  model: { provider: string; name: string; dimensions: number },
): Promise<EmbeddingModel> {
  const registered = await tx
    .insertInto('embedding_model')
    .values({ ...model, state: 'building' })
    // Locks the row until this transaction ends, and returns it.
    .onConflict((conflict) =>
      conflict.columns(['provider', 'name', 'dimensions']).doUpdateSet({ filled_at: sql<Date>`now()` }),
    )
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();
  if (await createEmbeddingTable(tx, home, registered)) await createEmbeddingIndex(tx, home, registered);
  return registered;
}

/** Makes the table of a model's vectors, without an index on them, unless it is there; says whether it made it. */
export async function createEmbeddingTable(tx: Tx, home: DatabaseHome, model: EmbeddingModel): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select to_regclass(${`chunk_embedding_${model.id}`}) is not null as found`.execute(tx);
  if (rows[0]?.found === true) {
    return false;
  }
  const table = embeddingTable(model.id);
  const { columnType, storage } = vectorStorage(home, model.dimensions);
  await sql`
    create table ${table} (
      twin_id integer not null,
      chunk_id bigint not null,
      version_id bigint not null,
      embedding ${columnType} not null,
      enabled boolean not null default true,
      primary key (twin_id, chunk_id),
      foreign key (twin_id, chunk_id) references chunk (twin_id, id) on delete cascade
    )`.execute(tx);
  await sql`alter table ${table} alter column embedding set storage ${storage}`.execute(tx);
  const byVersion = sql.ref(`chunk_embedding_${model.id}_version`);
  await sql`create index ${byVersion} on ${table} (twin_id, version_id)`.execute(tx);
  return true;
}

/**
 * Indexes a model's vectors where this home does, by the kind that is wanted. Once for each table. An `ivfflat` index is not
 * made over few rows: `rebuildVectorIndex` makes it when they are there.
 */
export async function createEmbeddingIndex(tx: Tx, home: DatabaseHome, model: EmbeddingModel): Promise<void> {
  const { index } = vectorStorage(home, model.dimensions);
  if (index === undefined) return;
  const kind = await findVectorIndexKind(tx);
  const table = embeddingTable(model.id);
  const { rows } = await sql<{ count: number }>`select count(*) as count from ${table}`.execute(tx);
  const count = rows[0]?.count ?? 0;
  if (kind === 'ivfflat' && count < IVFFLAT_ROWS_MIN) return;
  await raiseBuildMemory(tx, model, count, 'transaction');
  await sql`create index on ${table} using ${indexDefinition(kind, index, count)}`.execute(tx);
}

/**
 * Makes a registered model the one that answers searches, retires the one before, and points the `vectors` view at the
 * new one's table. Everything changes at the end of the transaction, for every process at once.
 *
 * @throws Error when the model was never registered.
 */
export async function activateEmbeddingModel(tx: Tx, modelId: number): Promise<EmbeddingModel> {
  await tx
    .updateTable('embedding_model')
    .set({ state: 'retired', retired_at: sql<Date>`now()` })
    .where('state', '=', 'active')
    .where('id', '<>', modelId)
    .execute();
  const active = await tx
    .updateTable('embedding_model')
    .set({ state: 'active', retired_at: null })
    .where('id', '=', modelId)
    .returning(COLUMNS)
    .executeTakeFirst();
  if (active === undefined) {
    throw new Error(`There is no embedding model ${modelId}`);
  }
  await replaceVectorsView(tx, modelId);
  return active;
}

/** Dropped and made again: a view cannot be replaced by one whose vectors have another width. */
async function replaceVectorsView(tx: Tx, modelId: number): Promise<void> {
  await sql`drop view if exists vectors`.execute(tx);
  await sql`
    create view vectors as
    select coalesce(c.vector_id, c.document_id || '-chunk-' || c.ordinal) as id,
      e.embedding::vector as embedding,
      c.content,
      jsonb_build_object('documentId', c.document_id, 'title', d.title, 'versionId', c.version_id,
        'ordinal', c.ordinal, 'startOffset', c.start_offset, 'endOffset', c.end_offset,
        'pageFrom', c.page_from, 'pageTo', c.page_to, 'headingPath', to_jsonb(c.heading_path))
        || coalesce(c.metadata, '{}') as metadata,
      c.twin_id
    from ${embeddingTable(modelId)} e
    join chunk c on c.twin_id = e.twin_id and c.id = e.chunk_id and c.enabled
    join document_version v on v.twin_id = c.twin_id and v.id = c.version_id and v.visibility = 'live'
    join document d on d.twin_id = c.twin_id and d.id = c.document_id and d.deleted_at is null`.execute(tx);
}
