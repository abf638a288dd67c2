import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { liftStatementBoundOf } from '../lift-statement-bound.ts';
import type { TestDatabase } from '../testing/create-test-database.ts';
import { keptPlanOf, planOf } from '../testing/plan-of.ts';
import { createServerTestDatabase } from '../testing/server-test-database.ts';
import { vectorText } from '../vector.ts';
import {
  activateEmbeddingModel,
  createEmbeddingIndex,
  createEmbeddingTable,
  embeddingTable,
  registerEmbeddingModel,
} from './embedding-models.ts';
import { findNearestChunks, nearestChunks } from './search.ts';
import { findSearchRange, searchRange } from './search-range.ts';
import { querySimilarVectors, similarVectors } from './vectors.ts';

/** What the planner of a real server chooses by itself in a library of 100,000 chunks, and what is found. */
const serverUrl = process.env['TEST_DATABASE_URL'];
const documents = 1_000;
const chunksPerDocument = 100;
/** As wide as those of the built-in model, since the planner goes by pages; all but the first eight are zero. */
const dimensions = 384;
/** As many as a retrieval asks for. */
const limit = 50;
/** A graph is built at random, and now and then a question finds no way to its neighbours: of ten, it would be a tenth. */
const questions = 50;

describe.skipIf(!serverUrl)('with 100,000 vectors on a server', () => {
  let database: TestDatabase;
  let modelId: number;

  beforeAll(async () => {
    database = await createServerTestDatabase(serverUrl ?? '');
    modelId = await fill(database);
  }, 240_000);
  afterAll(() => database.close());

  async function search(documentIds: string[] | undefined) {
    const { db, scope } = database;
    const range = await findSearchRange(db, scope, documentIds && { documentIds });
    return { modelId, embedding: vectorAt(1, 1), range, limit };
  }

  /** As the planner makes it by itself, and as it is kept for any parameters, where known versions are told to the statement. */
  async function plansOf(ids: string[] | undefined): Promise<string[]> {
    const asked = await search(ids);
    const lookedUp = { ...asked, range: { ...asked.range, versionIds: undefined } };
    return [
      await planOf(database, nearestChunks(database.scope, asked)),
      await planOf(database, nearestChunks(database.scope, lookedUp)),
      await keptPlanOf(database, nearestChunks(database.scope, asked)),
    ];
  }

  const documentIds = (count: number) =>
    Array.from({ length: count }, (_none, n) => `d${1 + n * Math.floor(documents / count)}`);

  test.each([
    ['the whole library', undefined],
    ['a filter that leaves half', documentIds(500)],
    ['a filter that leaves a fifth', documentIds(200)],
  ])('%s is searched through the index of the nearest', async (_name, ids) => {
    for (const plan of await plansOf(ids)) {
      expect(plan).toMatch(/Index Scan using chunk_embedding_\d+_embedding_idx/);
      expect(plan).not.toMatch(/Seq Scan on chunk_embedding/);
      expect(plan).not.toMatch(/chunk_embedding_\d+_version/);
    }
  });

  test.each([1, 10, 40, 100])(
    'a filter that leaves %i documents is compared whole, and nothing else is read',
    async (count) => {
      for (const plan of await plansOf(documentIds(count))) {
        expect(plan).toMatch(/chunk_embedding_\d+_version/);
        expect(plan).not.toMatch(/Seq Scan on chunk_embedding/);
        expect(plan).not.toContain('embedding_idx');
      }
    },
  );

  test('how much a filter leaves is counted without reading the versions of all documents', async () => {
    const { scope } = database;
    const plan = await planOf(database, searchRange(scope, { documentIds: documentIds(60) }));
    expect(plan).toMatch(/Index (Only )?Scan using document_version_pkey/);
    expect(plan).not.toMatch(/Seq Scan on document_version/);
  });

  test.each([
    ['the whole library', undefined, 0.9],
    ['a filter that leaves half', documentIds(500), 0.9],
    ['a filter that leaves 4 %', documentIds(40), 1],
    ['a filter that leaves 1 %', documentIds(10), 1],
  ])('%s: the nearest are found', async (_name, ids, recallMin) => {
    const { db, scope } = database;
    let hits = 0;
    for (let question = 0; question < questions; question += 1) {
      const asked = { ...(await search(ids)), embedding: vectorAt(91.5 * question, 9.5 * question) };
      const found = new Set((await findNearestChunks(db, scope, asked)).map(({ chunkId }) => chunkId));
      const all = await findNearestChunks(db, scope, { ...asked, range: { ...asked.range, chunkCount: 0 } });
      expect(all).toHaveLength(limit);
      hits += all.filter(({ chunkId }) => found.has(chunkId)).length;
    }
    expect(hits / (limit * questions)).toBeGreaterThanOrEqual(recallMin);
  });

  test.each([
    ['half of all vectors', 2, /Index Scan using chunk_embedding_\d+_embedding_idx/, 0.9],
    ['one vector in a hundred', 100, /Index Scan using chunk_embedding_\d+_pkey/, 1],
  ])('metadata that %s have are met without reading all vectors, and found', async (_name, every, way, recallMin) => {
    const { db, scope } = database;
    const filter = { metadata: { [`of${every}`]: 1 } };
    let hits = 0;
    for (let question = 0; question < questions; question += 1) {
      const query = { embedding: vectorAt(91.5 * question, 9.5 * question), limit, filter };
      const plan = await planOf(database, await similarVectors(db, scope, { ...query, modelId }));
      expect(plan).toMatch(way);
      expect(plan).not.toMatch(/Seq Scan on (chunk|chunk_embedding_\d+)\b/);
      const found = new Set((await querySimilarVectors(db, scope, query)).map(({ metadata }) => chunkIdOf(metadata)));
      hits += (await nearestOfEvery(every, query.embedding)).filter((id) => found.has(id)).length;
    }
    expect(hits / (limit * questions)).toBeGreaterThanOrEqual(recallMin);
  });

  /** By comparing everything. */
  async function nearestOfEvery(every: number, embedding: Float32Array): Promise<number[]> {
    const { rows } = await sql<{ id: number }>`
      select chunk_id as id from ${embeddingTable(modelId)} where version_id % ${every}::integer = 1
      order by (embedding <=> ${vectorText(embedding)}) + 0 limit ${limit}`.execute(database.db);
    return rows.map(({ id }) => id);
  }
});

function chunkIdOf(metadata: Record<string, unknown>): number {
  return (Number(metadata['versionId']) - 1) * chunksPerDocument + Number(metadata['ordinal']);
}

/** As the statement below makes those of the chunk `n` of version `v`. */
function vectorAt(v: number, n: number): Float32Array {
  const { sin, cos } = Math;
  const first = [sin(v), cos(v * 2), sin(v * 3), cos(n), sin(n * 2), cos(n * 3 + v), sin(n * v), cos(n - v)];
  return Float32Array.from({ length: dimensions }, (_none, place) => first[place] ?? 0);
}

/** Documents and vectors by one statement each, without passages: their words would take minutes, and no plan reads them. */
async function fill({ db, home, scope }: TestDatabase): Promise<number> {
  return await db.transaction().execute(async (tx) => {
    await liftStatementBoundOf(tx);
    // The whole graph: without the room its build takes several times as long.
    await sql`set local maintenance_work_mem = '256MB'`.execute(tx);
    // No trigger and no foreign key is checked.
    await sql`set local session_replication_role = replica`.execute(tx);
    await sql`
      insert into document (twin_id, id, title, origin)
      select ${scope.twinId}, 'd' || n, '', 'upload' from generate_series(1, ${documents}::integer) n`.execute(tx);
    await sql`
      with version as (
        insert into document_version (twin_id, document_id, version_number, content_sha256, file_name, byte_size, stage,
          visibility, chunk_count)
        select twin_id, id, 1, '', '', 0, 'ready', 'live', ${chunksPerDocument}::integer from document returning *
      )
      update document d set live_version_id = version.id from version where d.id = version.document_id`.execute(tx);
    const model = await registerEmbeddingModel(tx, home, { provider: 'test', name: 'plans', dimensions });
    const table = sql.table(`chunk_embedding_${model.id}`);
    // Made anew without the index, which is built faster over rows that are there.
    await sql`drop table ${table}`.execute(tx);
    await createEmbeddingTable(tx, home, model);
    await activateEmbeddingModel(tx, model.id);
    await sql`
      insert into chunk (twin_id, id, document_id, version_id, ordinal, start_offset, end_offset, content, token_count, tsv, metadata)
      select v.twin_id, (v.id - 1) * 100 + n, v.document_id, v.id, n, 0, 1, repeat('x', 400), 0, '',
        jsonb_build_object('of2', v.id % 2, 'of100', v.id % 100)
      from document_version v, generate_series(1, ${chunksPerDocument}::integer) n order by v.id, n`.execute(tx);
    // As the trigger counts them.
    await sql`insert into word (twin_id, lexeme, id, chunk_count)
      values (${scope.twinId}, '', 0, ${documents * chunksPerDocument})`.execute(tx);
    await sql`
      insert into ${table} (twin_id, chunk_id, version_id, embedding)
      select v.twin_id, (v.id - 1) * 100 + n, v.id,
        array[sin(v.id), cos(v.id * 2), sin(v.id * 3), cos(n), sin(n * 2), cos(n * 3 + v.id), sin(n * v.id), cos(n - v.id)]::real[]
          || array_fill(0::real, array[${dimensions - 8}::integer])
      from document_version v, generate_series(1, ${chunksPerDocument}::integer) n order by v.id, n`.execute(tx);
    await createEmbeddingIndex(tx, home, model);
    await sql`analyze document, document_version, chunk, ${table}`.execute(tx);
    return model.id;
  });
}
