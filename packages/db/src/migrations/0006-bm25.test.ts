import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { migrations } from '../migrate.ts';
import { createTestDatabase } from '../testing/create-test-database.ts';
import { insertTestDocument } from '../testing/insert-test-document.ts';
import { listStoredWords } from '../testing/list-stored-words.ts';

test('chunks from before are found as if they had come after', async () => {
  const { db, scope, close } = await createTestDatabase();
  const paragraphs = ['The hive holds wax and wax.', 'Call readFileSync for the swarm.'];
  await insertTestDocument(db, scope, { id: 'bees', title: 'Bees', paragraphs });
  const before = await listStoredWords(db);
  await sql`drop table chunk_words, word`.execute(db);
  await sql`drop function index_chunk_words, forget_chunk_words cascade`.execute(db);
  await sql`drop function text_words(text), text_words(text, regconfig), text_language, character_pairs,
    plain_characters, inverse_frequency`.execute(db);
  await sql`alter table document_version drop column language`.execute(db);
  await sql`drop sequence word_id`.execute(db);
  await sql`create index chunk_text on chunk using gin (tsv)`.execute(db);
  // As the release before indexed it.
  await sql`update chunk set tsv = setweight(to_tsvector('english', 'Bees'), 'A')
    || setweight(to_tsvector('english', content), 'B')`.execute(db);
  await migrations['0006-bm25']?.up(db);
  await migrations['0013-word-index']?.up(db);
  await migrations['0014-words-of-any-language']?.up(db);
  expect(before.map(({ lexeme }) => lexeme)).toContain('sync');
  expect(await listStoredWords(db)).toEqual(before);
  await close();
});
