import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { createBuiltinEmbedder } from '@twin/core/retrieval/builtin-embedder';
import type { Db } from '@twin/db/db';
import { createServerTestDatabase } from '@twin/db/testing/server-test-database';
import { vectorText } from '@twin/db/vector';
import { type RawBuilder, sql } from 'kysely';
import { makePassage, makeQuestion } from './synthetic-text.ts';

/** What an HNSW index finds of the nearest passages, by how far it looks: of synthetic text, or of a judged data set. */
const { values } = parseArgs({ options: { server: { type: 'string' }, folder: { type: 'string' } } });
if (values.server === undefined) {
  process.stderr.write(
    'Usage: node bench/recall.ts --server postgres://… [--folder <corpus.jsonl and queries.jsonl>]\n',
  );
  process.exit(2);
}
/** Two passages so near in similarity are as good as each other. */
const near = 0.01;
const database = await createServerTestDatabase(values.server);
const { db } = database;
const embedder = createBuiltinEmbedder();

function readLines(folder: string, file: string): { title?: string; text: string }[] {
  const lines = readFileSync(join(folder, file), 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as { title?: string; text: string });
}

function readTexts(folder: string | undefined): { passages: string[]; questions: string[] } {
  if (folder === undefined) {
    const passages = Array.from({ length: 20_000 }, (_none, index) => makePassage(index));
    return { passages, questions: Array.from({ length: 40 }, (_none, index) => makeQuestion(index, passages.length)) };
  }
  const passages = readLines(folder, 'corpus.jsonl').map(({ title = '', text }) => `${title}\n${text}`);
  return {
    passages,
    questions: readLines(folder, 'queries.jsonl')
      .slice(0, 100)
      .map(({ text }) => text),
  };
}

async function fill(passages: readonly string[]): Promise<void> {
  await sql.raw(`create table passage (id integer primary key, embedding halfvec(${embedder.dimensions}))`).execute(db);
  await sql`create index on passage using hnsw (embedding halfvec_cosine_ops)`.execute(db);
  for (let from = 0; from < passages.length; from += 500) {
    const vectors = await embedder.embed(passages.slice(from, from + 500), 'passage');
    const rows = vectors.map((vector, index) => sql`(${from + index}, ${vectorText(vector)})`);
    await sql`insert into passage values ${sql.join(rows)}`.execute(db);
  }
}

interface Found {
  id: number;
  similarity: number;
}

async function nearest(session: Db, embedding: string, plus: RawBuilder<unknown>, limit: number): Promise<Found[]> {
  const { rows } = await sql<Found>`
    select id, 1 - (embedding <=> ${embedding}) as similarity from passage
    order by (embedding <=> ${embedding})${plus} limit ${sql.lit(limit)}`.execute(session);
  return rows;
}

async function measure(questions: readonly Float32Array[], limit: number, efSearch: number) {
  const sums = { all: 0, found: 0, near: 0, range: 0 };
  await db.connection().execute(async (session) => {
    await sql.raw(`set hnsw.ef_search = ${efSearch}`).execute(session);
    // A table this small would be compared whole.
    await sql`set enable_seqscan = off`.execute(session);
    for (const question of questions) {
      const best = await nearest(session, vectorText(question), sql` + 0`, limit);
      const found = await nearest(session, vectorText(question), sql``, limit);
      const least = best.at(-1)?.similarity ?? 0;
      const ids = new Set(found.map(({ id }) => id));
      sums.all += best.length;
      sums.found += best.filter(({ id }) => ids.has(id)).length;
      sums.near += found.filter(({ similarity }) => similarity >= least - near).length;
      sums.range += (best[0]?.similarity ?? 0) - least;
    }
  });
  return {
    nearest: limit,
    ef_search: efSearch,
    recall: (sums.found / sums.all).toFixed(3),
    'as near as the last': (sums.near / sums.all).toFixed(3),
    'first to last': (sums.range / questions.length).toFixed(3),
  };
}

const { passages, questions } = readTexts(values.folder);
await fill(passages);
const asked = await embedder.embed(questions, 'question');
process.stdout.write(`${passages.length} passages, ${asked.length} questions, ${embedder.modelName}\n`);
const rows = [];
for (const limit of [10, 50]) {
  for (const efSearch of [50, 100, 200, 400]) rows.push(await measure(asked, limit, efSearch));
}
console.table(rows);
await database.close();
