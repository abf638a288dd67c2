import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrations } from '../migrate.ts';
import { countRowsHolding } from '../testing/count-rows-holding.ts';
import { createTestDatabase, type TestDatabase } from '../testing/create-test-database.ts';
import { insertTestDocument } from '../testing/insert-test-document.ts';
import { planOf } from '../testing/plan-of.ts';
import { answersReading, eraseFromAnswers } from './answer-sources.ts';
import { upsertGoldenQuestion } from './golden-questions.ts';

let database: TestDatabase;
const words = 'The canary-5521 sings';

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

/** So many answers, each of which found something in one document of its own and in `documentId`. */
async function insertAnswers(documentId: string, count: number, { db, scope } = database): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    insert into conversation (twin_id, title, user_label, origin)
    values (${scope.twinId}, 'Birds', 'owner', 'app') returning id`.execute(db);
  const sources = sql`jsonb_build_array(
    jsonb_build_object('documentId', 'of-' || n, 'documentTitle', 'Own', 'headingPath', '[]'::jsonb, 'excerpt', 'Own words'),
    jsonb_build_object('documentId', ${documentId}::text, 'documentTitle', ${words}::text,
      'headingPath', jsonb_build_array(${words}::text), 'excerpt', ${words}::text, 'score', 0.5))`;
  await sql`
    with answer as (
      insert into message (twin_id, conversation_id, ordinal, role, state, text, sources)
      select ${scope.twinId}, ${rows[0]?.id}, n, 'assistant', case when n = 0 then 'running' else 'done' end, '',
        case when n = 0 then '[]' else ${sources} end
      from generate_series(0, ${count}::integer) as n
      returning twin_id, id, ordinal as n
    )
    insert into turn_event (twin_id, message_id, sequence, event)
    select twin_id, id, 1, jsonb_build_object('type', 'search-end', 'sources', ${sources}) from answer
    union all
    select twin_id, id, 2, jsonb_build_object('type', 'answer-end', 'message', jsonb_build_object('sources', ${sources}))
    from answer where n > 0
    union all
    select twin_id, id, 3, '{"type": "text-delta", "text": "So it is."}' from answer`.execute(db);
}

async function deleteDocument(id: string): Promise<void> {
  await database.db.deleteFrom('document').where('id', '=', id).execute();
}

test('with a document, however it goes, its name and words go from what answers found and from their logs', async () => {
  const { db, scope } = database;
  await insertTestDocument(db, scope, { id: 'bird', title: words, paragraphs: [words] });
  await insertAnswers('bird', 3);
  await deleteDocument('bird');
  expect(await countRowsHolding(db, 'canary-5521')).toEqual({});
  const { rows } = await sql<{
    sources: unknown;
  }>`select sources from message where state = 'done' order by ordinal limit 1`.execute(db);
  expect(rows[0]?.sources).toEqual([
    { documentId: 'of-1', documentTitle: 'Own', headingPath: [], excerpt: 'Own words' },
    { documentId: 'bird', documentTitle: '', headingPath: [], excerpt: '', score: 0.5 },
  ]);
  expect(await countRowsHolding(db, 'Own words')).toEqual({ 'public.message': 3, 'public.turn_event': 7 });
});

test('with it go expected quotes and the answers of runs that read it; measures and other expectations stay', async () => {
  const { db, scope } = database;
  await insertTestDocument(db, scope, { id: 'bird', paragraphs: [words] });
  const question = {
    question: 'Who sings?',
    history: [],
    answerable: true,
    expected: [
      { documentId: 'bird', quote: words },
      { documentId: 'other', quote: 'Another quote' },
    ],
    answerTexts: ['nobody'],
  };
  await upsertGoldenQuestion(db, scope, question);
  const results = [
    { text: words, ranking: ['other'], documentIds: ['other', 'bird'], recall: 1 },
    { text: words, ranking: ['bird'], recall: 1 },
    { text: 'Another answer', ranking: ['bird', 'other'], documentIds: ['other'], recall: 1 },
  ];
  const { rows } = await sql<{ id: string }>`
    insert into evaluation_run (twin_id, state, settings, hash) values (${scope.twinId}, 'done', '{}', 'x') returning id`.execute(
    db,
  );
  for (const [ordinal, result] of results.entries()) {
    await sql`insert into evaluation_result (twin_id, run_id, ordinal, question, result)
      values (${scope.twinId}, ${rows[0]?.id}, ${ordinal}, ${JSON.stringify(question)}, ${JSON.stringify(result)})`.execute(
      db,
    );
  }
  await deleteDocument('bird');
  expect(await countRowsHolding(db, 'canary-5521')).toEqual({});
  expect(await countRowsHolding(db, 'Another quote')).toEqual({
    'public.golden_question': 1,
    'public.evaluation_result': 3,
  });
  const kept = await sql<{ result: object }>`select result from evaluation_result order by ordinal`.execute(db);
  expect(kept.rows.map(({ result }) => result)).toEqual([
    { ...results[0], text: null },
    { ...results[1], text: null },
    results[2],
  ]);
});

test('in a long history the answers are found by an index, and some are done at a time until none is left', async () => {
  const { db, scope } = database;
  await insertAnswers('often', 3_000);
  await insertAnswers('seldom', 150);
  await sql`analyze message`.execute(db);
  expect(await planOf(database, answersReading(scope, ['seldom'], 100))).toContain('message_reading');
  const counts: number[] = [];
  for (let done = 100; done === 100; counts.push(done)) {
    done = await db.transaction().execute((tx) => eraseFromAnswers(tx, scope, ['seldom'], { limit: 100 }));
  }
  expect(counts).toEqual([100, 50]);
  expect((await answersReading(scope, ['seldom'], 1).execute(db)).rows).toEqual([]);
  expect((await answersReading(scope, ['often'], 5_000).execute(db)).rows).toHaveLength(3_000);
});

test('what was deleted before this release is left in no answer either', async () => {
  const own = await createTestDatabase();
  const { db } = own;
  await sql`drop trigger erase_words_of_documents on document`.execute(db);
  await sql`drop function erase_words_of_documents, erase_from_answers, erase_from_evaluations`.execute(db);
  await sql`drop index message_reading, evaluation_result_reading, evaluation_result_quoting`.execute(db);
  await insertTestDocument(db, own.scope, { id: 'of-1', paragraphs: ['Own words'] });
  await insertAnswers('bird', 1, own);
  await sql`delete from turn_event`.execute(db);
  await migrations['0270-withdrawn-sources']?.up(db);
  expect(await countRowsHolding(db, 'canary-5521')).toEqual({});
  expect(await countRowsHolding(db, 'Own words')).toMatchObject({ 'public.message': 1 });
  await own.close();
});
