import { type Kysely, sql } from 'kysely';
import { indexWordsAnew } from './0014-words-of-any-language.ts';

/** As in `0014-words-of-any-language`: scripts that put no spaces between words. */
const UNSPACED = '\\u0e00-\\u0e7f\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7a3';
/** Chinese characters, which can be words by themselves. */
const HAN = '\\u3400-\\u4dbf\\u4e00-\\u9fff';

const statements = [
  // Each Chinese character of a text once, so that 茶 is found in 緑茶. A question has only those that stand alone in it.
  `create function single_characters(content text) returns text language sql immutable parallel safe return (
    select string_agg(distinct ' ' || found[1], '') from regexp_matches(content, '([${HAN}])', 'g') as found
  )`,

  // As in `0040-quicker-words`, and an acronym in front of a word is cut off it: XMLParser is an XML Parser too. Not before
  // fewer than two small letters: PDFs are not PD Fs.
  `create or replace function text_words(content text, language regconfig) returns tsvector
    language sql immutable parallel safe return (
      select to_tsvector(language,
        case when is_ascii then plain
          else regexp_replace(plain, '[${UNSPACED}]{2,}', ' ', 'g') || coalesce(character_pairs(plain), '')
            || coalesce(single_characters(plain), '') end
        || coalesce((
          select string_agg(' ' || translate(
            regexp_replace(
              regexp_replace(found[1], '([A-Z])([A-Z][a-z]{2})', '\\1 \\2', 'g'),
              '([a-z0-9])([A-Z])', '\\1 \\2', 'g'),
            '_./', '   '), '')
          from regexp_matches(plain,
            '[\\w./]*(?:[a-z][A-Z]|[A-Z]{2}[a-z]{2}|_\\w*[./]\\w|\\w[./]\\w*_)[\\w./]*', 'g') as found
        ), ''))
      from (
        select case when is_ascii then content else plain_characters(content) end as plain, is_ascii
        from (select octet_length(content) = char_length(content) as is_ascii) as measured
        offset 0
      ) as made
    )`,

  // Chunks from before, as `0014-words-of-any-language` did; those whose words stay as they are keep their row.
  `update chunk set tsv = said.tsv
    from (
      select c.twin_id, c.id,
        setweight(text_words(d.title || E'\\n' || array_to_string(c.heading_path, E'\\n'), v.language::regconfig), 'A')
          || setweight(text_words(c.content, v.language::regconfig), 'B') as tsv
      from chunk c
      join document d on d.twin_id = c.twin_id and d.id = c.document_id
      join document_version v on v.twin_id = c.twin_id and v.id = c.version_id
      where concat_ws(' ', d.title, array_to_string(c.heading_path, ' '), c.content) ~ '[${HAN}]|[A-Z]{2}[a-z]{2}'
    ) as said
    where chunk.twin_id = said.twin_id and chunk.id = said.id and chunk.tsv <> said.tsv`,
  ...indexWordsAnew,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) {
    await sql.raw(statement).execute(db);
  }
}
