import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { liftStatementBoundOf } from '../lift-statement-bound.ts';
import type { TestDatabase } from '../testing/create-test-database.ts';
import { keptPlanOf, planOf } from '../testing/plan-of.ts';
import { createServerTestDatabase } from '../testing/server-test-database.ts';
import {
  createEmbeddingIndex,
  createEmbeddingTable,
  embeddingTable,
  registerEmbeddingModel,
} from './embedding-models.ts';
import { findNearestChunks, nearestChunks } from './search.ts';
import { findSearchRange } from './search-range.ts';
import { wordMatches } from './word-search.ts';

/** What the planner of a real server chooses by itself, however 20,000 vectors are spread over versions, and what is found. */
const serverUrl = process.env['TEST_DATABASE_URL'];
const chunks = 20_000;
/** As wide as those of the built-in model; all but the first eight are zero. */
const dimensions = 256;
const limit = 50;
const questions = 50;

interface Shape {
  name: string;
  /** The version of the chunk `n`, from 1 on. */
  versionOf: string;
  /** Of the version `id`: whether it belongs to a document that has just been deleted. */
  hidden?: string;
  /** Whether so little is served that it is compared, instead of asking the index for it. */
  isCompared?: boolean;
}

const shapes: Shape[] = [
  { name: 'one version with everything', versionOf: '1' },
  { name: 'two versions, half each', versionOf: '1 + n % 2' },
  { name: '10,000 small versions', versionOf: '1 + n / 2' },
  { name: '101 versions, one with half', versionOf: 'case when n % 2 > 0 then 1 else 2 + n % 100 end' },
  { name: 'one of two versions hidden', versionOf: '1 + n % 2', hidden: 'id = 1' },
  { name: 'every other small version hidden', versionOf: '1 + n / 2', hidden: 'id % 2 = 1' },
  {
    name: 'a hidden version that holds 95 %',
    versionOf: 'case when n % 20 > 0 then 1 else 2 + n % 100 end',
    hidden: 'id = 1',
    isCompared: true,
  },
];

describe.skipIf(!serverUrl)('with 20,000 vectors on a server', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createServerTestDatabase(serverUrl ?? '');
  }, 60_000);
  afterAll(() => database.close());

  describe.each(shapes)('of $name', (shape) => {
    let modelId: number;
    beforeAll(async () => {
      modelId = await fill(database, shape);
    }, 60_000);

    test(`the whole library is ${shape.isCompared ? 'compared' : 'searched through the index'}`, async () => {
      for (const plan of await plansOf(modelId)) {
        const [scan] = /(Index|Seq|Bitmap Heap) Scan (using|on) chunk_embedding_\d+(_\w+)?/.exec(plan) ?? [];
        expect(scan).toMatch(shape.isCompared ? /^Seq Scan/ : /^Index Scan using \w+_embedding_idx$/);
      }
    });

    test('the nearest of the versions that are served are found, and no others', async () => {
      const { db, scope } = database;
      const asked = await search(modelId);
      let hits = 0;
      for (let question = 0; question < questions; question += 1) {
        const embedding = vectorAt(0.5 + 397 * question);
        const found = new Set(
          (await findNearestChunks(db, scope, { ...asked, embedding })).map(({ chunkId }) => chunkId),
        );
        expect(found.size).toBe(limit);
        hits += (await nearestServed(modelId, embedding)).filter((id) => found.has(id)).length;
      }
      expect(hits / (limit * questions)).toBeGreaterThanOrEqual(shape.isCompared ? 1 : 0.95);
    });
  });

  test('beside one with nearly everything, a version of 1 % is read by itself, and the other asked by the index', async () => {
    const modelId = await fill(database, { name: '1 %', versionOf: 'case when n % 100 > 0 then 1 else 2 end' });
    for (const plan of await plansOf(modelId, ['d2'])) {
      expect(plan).toMatch(/chunk_embedding_\d+_version/);
      expect(plan).not.toContain('embedding_idx');
    }
    await insertChunks(database, modelId);
    const { range } = await search(modelId, ['d2']);
    const words = [{ id: 1, weight: 1, chunkCount: 1 }];
    const byWords = await planOf(database, wordMatches(database.scope, { words, range, limit }));
    expect(byWords).toMatch(/Scan using chunk_twin_id_version_id_ordinal_key/);
    expect(byWords).not.toMatch(/Seq Scan on chunk\b/);
    for (const plan of [...(await plansOf(modelId, ['d1'])), ...(await plansOf(modelId))]) {
      expect(plan).toMatch(/Index Scan using chunk_embedding_\d+_embedding_idx/);
    }
  });

  async function search(modelId: number, documentIds?: string[]) {
    const { db, scope } = database;
    const range = await findSearchRange(db, scope, documentIds && { documentIds });
    return { modelId, embedding: vectorAt(1), range, limit };
  }

  /** As the planner makes it by itself, and as it is kept for any parameters. */
  async function plansOf(modelId: number, documentIds?: string[]): Promise<string[]> {
    const statement = nearestChunks(database.scope, await search(modelId, documentIds));
    return [await planOf(database, statement), await keptPlanOf(database, statement)];
  }

  /** By comparing everything. */
  async function nearestServed(modelId: number, embedding: Float32Array): Promise<number[]> {
    const { rows } = await sql<{ id: number }>`
      select e.chunk_id as id from ${embeddingTable(modelId)} e
      join document_version v on v.id = e.version_id and v.visibility = 'live'
      order by (e.embedding <=> ${`[${embedding.join(',')}]`}) + 0 limit ${limit}`.execute(database.db);
    return rows.map(({ id }) => id);
  }
});

/** As the statement below makes that of the chunk `n`. */
function vectorAt(n: number): Float32Array {
  const { sin, cos } = Math;
  const first = [sin(n), cos(n * 2), sin(n * 3), cos(n / 7), sin(n / 11), cos(n / 13), sin(n / 17), cos(n / 19)];
  return Float32Array.from({ length: dimensions }, (_none, place) => first[place] ?? 0);
}

/** Documents and vectors by one statement each, without passages: no plan reads them. Those of another shape go before. */
async function fill({ db, home, scope }: TestDatabase, { name, versionOf, hidden = 'false' }: Shape): Promise<number> {
  return await db.transaction().execute(async (tx) => {
    await liftStatementBoundOf(tx);
    await sql`set local maintenance_work_mem = '256MB'`.execute(tx);
    await sql`delete from document`.execute(tx);
    // No trigger and no foreign key is checked.
    await sql`set local session_replication_role = replica`.execute(tx);
    const model = await registerEmbeddingModel(tx, home, { provider: 'test', name, dimensions });
    const table = embeddingTable(model.id);
    // Made anew without the index, which is built faster over rows that are there.
    await sql`drop table ${table}`.execute(tx);
    await createEmbeddingTable(tx, home, model);
    await sql`
      insert into ${table} (twin_id, chunk_id, version_id, embedding)
      select ${scope.twinId}, n, ${sql.raw(versionOf)},
        array[sin(n), cos(n * 2), sin(n * 3), cos(n / 7.0), sin(n / 11.0), cos(n / 13.0), sin(n / 17.0), cos(n / 19.0)]::real[]
          || array_fill(0::real, array[${dimensions - 8}::integer])
      from generate_series(0, ${chunks - 1}::integer) n order by 3, 2`.execute(tx);
    await sql`
      insert into document_version (twin_id, id, document_id, version_number, content_sha256, file_name, byte_size, stage,
        visibility, chunk_count)
      select ${scope.twinId}, id, 'd' || id, 1, '', '', 0, 'ready', case when ${sql.raw(hidden)} then 'hidden' else 'live' end, count
      from (select version_id as id, count(*) as count from ${table} group by version_id) as held`.execute(tx);
    await sql`
      insert into document (twin_id, id, title, origin, live_version_id, deleted_at)
      select twin_id, document_id, '', 'upload', id, case when visibility = 'hidden' then now() end from document_version`.execute(
      tx,
    );
    // As the trigger counts them.
    await sql`insert into word (twin_id, lexeme, id, chunk_count) values (${scope.twinId}, '', 0, ${chunks})
      on conflict (twin_id, lexeme) do update set chunk_count = excluded.chunk_count`.execute(tx);
    await createEmbeddingIndex(tx, home, model);
    await sql`analyze document, document_version, ${table}`.execute(tx);
    return model.id;
  });
}

/** The passages of those vectors, without their words. */
async function insertChunks({ db }: TestDatabase, modelId: number): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    await sql`
      insert into chunk (twin_id, id, document_id, version_id, ordinal, start_offset, end_offset, content, token_count, tsv)
      select twin_id, chunk_id, 'd' || version_id, version_id, chunk_id, 0, 1, repeat('x', 400), 0, ''
      from ${embeddingTable(modelId)} order by version_id, chunk_id`.execute(tx);
    await sql`analyze chunk`.execute(tx);
  });
}
