import { type Kysely, sql } from 'kysely';
import { indexWordsAnew } from './0014-words-of-any-language.ts';

/** Letters of a script that one language's stemmer serves, as a share of all letters from which a text is taken for it. */
const byLetters = [
  // Persian and Urdu are written with Arabic letters and have some of their own; the Arabic stemmer would cut their words wrong.
  ['simple', '[\\u067e\\u0686\\u0698\\u06af\\u06a9\\u06cc\\u0679\\u0688\\u06d2]', 0.02],
  ['arabic', '[\\u0620-\\u064a]', 0.3],
  ['greek', '[\\u0370-\\u03ff]', 0.3],
  ['hindi', '[\\u0904-\\u0939]', 0.2],
  ['tamil', '[\\u0b85-\\u0bb9]', 0.2],
  ['armenian', '[\\u0531-\\u0587]', 0.3],
  // Vietnamese: no stemmer, and each language's stop words are words of it without their accents.
  ['simple', '[\\u01a0\\u01a1\\u01af\\u01b0\\u1ea0-\\u1ef9]', 0.03],
  // Postgres has a stemmer for Romanian and no stop words: what no other language writes tells it.
  ['romanian', '[\\u021a\\u021b\\u0162\\u0163]', 0.004],
] as const;

const cases = byLetters
  .map(
    ([language, letters, share]) => `when regexp_count(sample, '${letters}') > ${share} * letters then '${language}'`,
  )
  .join('\n        ');

const statements = [
  `alter function text_language(text) rename to text_language_by_stop_words`,

  // The language a text is stemmed in: by its letters where they tell, else by its stop words as before.
  `create function text_language(sample text) returns regconfig language sql immutable parallel safe return (
    select case
        when octet_length(sample) = char_length(sample) then text_language_by_stop_words(sample)
        ${cases}
        else text_language_by_stop_words(sample)
      end::regconfig
    from (select regexp_count(sample, '[[:alpha:]]') as letters offset 0) as counted
  )`,

  // Versions from before whose language is another one now.
  `update document_version set language = text_language(left(document_text.canonical_text, 4000))::text
    from document_text
    where document_text.twin_id = document_version.twin_id and document_text.version_id = document_version.id
      and octet_length(document_text.canonical_text) > char_length(document_text.canonical_text)
      and document_version.language <> text_language(left(document_text.canonical_text, 4000))::text`,
  `update chunk set tsv = said.tsv
    from (
      select c.twin_id, c.id,
        setweight(text_words(d.title || E'\\n' || array_to_string(c.heading_path, E'\\n'), v.language::regconfig), 'A')
          || setweight(text_words(c.content, v.language::regconfig), 'B') as tsv
      from chunk c
      join document d on d.twin_id = c.twin_id and d.id = c.document_id
      join document_version v on v.twin_id = c.twin_id and v.id = c.version_id
      where v.language in ('simple', 'arabic', 'greek', 'hindi', 'tamil', 'armenian', 'romanian')
    ) as said
    where chunk.twin_id = said.twin_id and chunk.id = said.id and chunk.tsv <> said.tsv`,
  ...indexWordsAnew,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) {
    await sql.raw(statement).execute(db);
  }
}
