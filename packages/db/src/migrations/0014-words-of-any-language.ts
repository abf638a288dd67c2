import { type Kysely, sql } from 'kysely';
import { wordsOf } from './0013-word-index.ts';

/** Text search configurations that come with every Postgres, by the share of people they serve. */
const LANGUAGES = `'english', 'german', 'french', 'spanish', 'italian', 'portuguese', 'dutch', 'swedish', 'danish', 'norwegian',
  'finnish', 'hungarian', 'romanian', 'turkish', 'russian'`;

/** Scripts that put no spaces between words: Thai, Japanese and Chinese. Korean does, and joins endings to words. */
const UNSPACED = '\\u0e00-\\u0e7f\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7a3';

/** What the triggers keep, made anew of every chunk's `tsv` as it is now, as `0006-bm25` filled the tables at first. */
export const indexWordsAnew = [
  `delete from chunk_words`,
  `delete from word`,
  `insert into word (twin_id, lexeme, id, chunk_count)
    select twin_id, '', 0, count(*) from chunk group by 1`,
  `insert into word (twin_id, lexeme, id, chunk_count)
    select twin_id, lexeme, nextval('word_id'), chunk_count
    from (select twin_id, lexeme, count(*) as chunk_count from chunk, unnest(chunk.tsv) group by 1, 2) as held`,
  `analyze word`,
  `insert into chunk_words (twin_id, chunk_id, version_id, words, keys)
    select twin_id, id, version_id, said.words, said.keys from chunk, ${wordsOf('chunk')}`,
];

const statements = [
  // Characters as people type them: without accents, full-width forms made plain. Composed again, for Korean and Japanese.
  `create function plain_characters(content text) returns text language sql immutable parallel safe return
    translate(
      normalize(regexp_replace(normalize(content, NFKD), '[\\u0300-\\u036f]', '', 'g'), NFKC),
      'øØłŁđĐ', 'oOlLdD'
    )`,

  // Stretches of scripts without spaces, as overlapping pairs of characters: the parser would take a stretch for one word.
  `create function character_pairs(content text) returns text language sql immutable parallel safe return (
    select string_agg(' ' || substr(stretch[1], place, 2), '' order by number, place)
    from regexp_matches(content, '[${UNSPACED}]{2,}', 'g') with ordinality as found (stretch, number)
    cross join generate_series(1, char_length(stretch[1]) - 1) as place
  )`,

  // As in `0006-bm25`, now of any language: stemmed and without the stop words of one, accents folded, scripts without
  // spaces by pairs of characters. All of Postgres's own stemmers meet accents in words that were stored without them too.
  `create function text_words(content text, language regconfig) returns tsvector
    language sql immutable parallel safe return (
      select to_tsvector(language, spaced || coalesce(character_pairs(plain), '') || coalesce((
        select string_agg(' ' || translate(regexp_replace(found[1], '([a-z0-9])([A-Z])', '\\1 \\2', 'g'), '_./', '   '), '')
        from regexp_matches(plain, '[\\w./]*(?:[a-z][A-Z]|_\\w*[./]\\w|\\w[./]\\w*_)[\\w./]*', 'g') as found
      ), ''))
      from plain_characters(content) as plain,
      regexp_replace(plain, '[${UNSPACED}]{2,}', ' ', 'g') as spaced
    )`,
  `create or replace function text_words(content text) returns tsvector language sql immutable parallel safe return
    text_words(content, 'english'::regconfig)`,

  // The language most of whose stop words a text holds; English when none stands out or the script has no spaces.
  `create function text_language(sample text) returns regconfig language sql immutable parallel safe return (
    select language
    from unnest(array[${LANGUAGES}]::regconfig[]) with ordinality as known (language, place)
    order by (select coalesce(sum(cardinality(positions)), 0) from unnest(to_tsvector(language, sample))), place
    limit 1
  )`,

  `alter table document_version add column language text not null default 'english'`,
  `update document_version set language = text_language(left(document_text.canonical_text, 4000))::text
    from document_text
    where document_text.twin_id = document_version.twin_id and document_text.version_id = document_version.id`,
  `create index document_version_language on document_version (twin_id, language) where visibility = 'live'`,

  // Chunks from before.
  `update chunk set tsv = setweight(text_words(document.title || E'\\n' || array_to_string(heading_path, E'\\n'), language::regconfig), 'A')
      || setweight(text_words(content, language::regconfig), 'B')
    from document, document_version
    where document.twin_id = chunk.twin_id and document.id = chunk.document_id
      and document_version.twin_id = chunk.twin_id and document_version.id = chunk.version_id`,
  ...indexWordsAnew,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) {
    await sql.raw(statement).execute(db);
  }
}
