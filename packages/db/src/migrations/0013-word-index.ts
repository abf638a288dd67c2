import { type Kysely, sql } from 'kysely';

/** As in `0006-bm25`: the most entries a sparse vector can have. */
const WORDS_MAX = 16_000;

/**
 * The document's side of BM25 as in `0006-bm25`, now with k1 = 1.6 and b = 0.85, and beside it `keys` for an inverted
 * index: the id of each word, and once more as a negative number where the word weighs 1.25 or more, as it does when a
 * passage of usual length names it twice. A search for a common word can then look at the chunks that say it best.
 */
export function wordsOf(chunk: 'chunk' | 'added'): string {
  return `lateral (
    select ('{' || coalesce(string_agg(id || ':' || weight, ','), '') || '}/1000000000')::sparsevec as words,
      coalesce(array_agg(id), '{}') || coalesce(array_agg(-id) filter (where weight >= 1.25), '{}') as keys
    from (
      select (select id from word where word.twin_id = ${chunk}.twin_id and word.lexeme = held.lexeme) as id,
        (2.6 * held.occurrences / (held.occurrences + 1.6 * (0.15 + 0.85 * held.length / 100)))::float4 as weight
      from (
        select lexeme, (cardinality(positions) + cardinality(array_positions(weights, 'A')))::float8 as occurrences,
          sum(cardinality(positions)) over () as length
        from unnest(${chunk}.tsv)
        limit ${WORDS_MAX}
      ) as held
    ) as weighed
  ) as said`;
}

const statements = [
  `alter table chunk_words add column keys integer[] not null default '{}'`,
  `update chunk_words set words = said.words, keys = said.keys from chunk, ${wordsOf('chunk')}
    where chunk.twin_id = chunk_words.twin_id and chunk.id = chunk_words.chunk_id`,
  `alter table chunk_words alter column keys drop default, alter column keys set storage external`,
  // Entries wait in a list until they fill it; every search reads the list, so it is kept short.
  `create index chunk_words_keys on chunk_words using gin (keys) with (gin_pending_list_limit = 256)`,

  `create or replace function index_chunk_words() returns trigger language plpgsql set enable_seqscan = off as $$
  begin
    insert into word (twin_id, lexeme, id, chunk_count)
      select twin_id, '', 0, count(*) from added group by twin_id order by twin_id
      on conflict (twin_id, lexeme) do update set chunk_count = word.chunk_count + excluded.chunk_count;
    insert into word (twin_id, lexeme, id, chunk_count)
      select twin_id, lexeme,
        coalesce(
          (select id from word where word.twin_id = held.twin_id and word.lexeme = held.lexeme),
          nextval('word_id')
        ),
        chunk_count
      from (select twin_id, lexeme, count(*) as chunk_count from added, unnest(added.tsv) group by 1, 2) as held
      on conflict (twin_id, lexeme) do update set chunk_count = word.chunk_count + excluded.chunk_count;
    insert into chunk_words (twin_id, chunk_id, version_id, words, keys)
      select twin_id, id, version_id, said.words, said.keys from added, ${wordsOf('added')};
    return null;
  end $$`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) {
    await sql.raw(statement).execute(db);
  }
}
