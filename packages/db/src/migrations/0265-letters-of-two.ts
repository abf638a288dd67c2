import { type Kysely, sql } from 'kysely';
import { wordsOf } from './0013-word-index.ts';

/** What Unicode does not take apart and people type otherwise: a letter for each, and two for each. */
const SINGLE = { letters: 'øØłŁđĐðÐıħĦŧŦ', plain: 'oOlLdDdDihHtT' };
const DOUBLE = [
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['þ', 'th'],
] as const;
/** Their capitals, before a small letter and elsewhere: Œuvre, ŒUVRE. */
const DOUBLE_CAPITALS = [
  ['ẞ', 'Ss', 'SS'],
  ['Æ', 'Ae', 'AE'],
  ['Œ', 'Oe', 'OE'],
  ['Þ', 'Th', 'TH'],
] as const;

const SHARP_S = 'ß';
const OTHERS = 'ðÐıħĦŧŦẞæÆœŒþÞ';
const ADDED = `${OTHERS}${SHARP_S}`;
/** With these accents they are other characters, of which they are left over. */
const WITH_ACCENTS = 'ǽǼǣǢ';

const inSingles = `translate(
      normalize(regexp_replace(normalize(content, NFKD), '[\\u0300-\\u036f]', '', 'g'), NFKC),
      '${SINGLE.letters}', '${SINGLE.plain}'
    )`;
const inDoubles = DOUBLE.reduce((plain, [letter, two]) => `replace(${plain}, '${letter}', '${two}')`, 'single');
const inCapitals = DOUBLE_CAPITALS.reduce(
  (plain, [letter, first, all]) =>
    `replace(regexp_replace(${plain}, '${letter}(?=[a-z])', '${first}', 'g'), '${letter}', '${all}')`,
  inDoubles,
);

/** Where its ß is more than a letter of a word: the German stemmer writes ss for it, but takes no numbers, paths and hosts. */
const UNSTEMMED = `${SHARP_S}\\w*([0-9_]|[./@]\\w)|[0-9_./@]\\w*${SHARP_S}`;

/**
 * Statements that index again, in one transaction, the passages whose words are others now. Counts of words are changed by what has come and gone, and
 * whether a passage is switched off stays.
 *
 * @param condition SQL that holds for every passage whose words may have changed; `c` is the chunk, `d` its document, `v` its version.
 */
export const indexChangedWords = (condition: string): readonly string[] => [
  `select from word where lexeme = '' order by twin_id for update`,
  `create temporary table refolded on commit drop as
    select c.twin_id, c.id, c.tsv as former, said.tsv
    from chunk c
    join document d on d.twin_id = c.twin_id and d.id = c.document_id
    join document_version v on v.twin_id = c.twin_id and v.id = c.version_id
    cross join lateral (
      select setweight(text_words(d.title || E'\\n' || array_to_string(c.heading_path, E'\\n'), v.language::regconfig), 'A')
        || setweight(text_words(c.content, v.language::regconfig), 'B') as tsv
    ) as said
    where ${condition}
      and c.tsv <> said.tsv`,
  `create unique index on refolded (twin_id, id)`,
  `analyze refolded`,
  `insert into word (twin_id, lexeme, id, chunk_count)
    select twin_id, lexeme, coalesce(
        (select id from word where word.twin_id = changed.twin_id and word.lexeme = changed.lexeme), nextval('word_id')), chunk_count
    from (
      select twin_id, lexeme, sum(change)::integer as chunk_count
      from (
        select twin_id, lexeme, 1 as change from refolded, unnest(tsv)
        union all
        select twin_id, lexeme, -1 from refolded, unnest(former)
      ) as counted
      group by 1, 2 having sum(change) <> 0
    ) as changed
    on conflict (twin_id, lexeme) do update set chunk_count = word.chunk_count + excluded.chunk_count`,
  `update chunk set tsv = refolded.tsv from refolded where refolded.twin_id = chunk.twin_id and refolded.id = chunk.id`,
  `update chunk_words set words = made.words, keys = made.keys
    from (
      select chunk.twin_id, chunk.id, said.words, said.keys
      from refolded join chunk on chunk.twin_id = refolded.twin_id and chunk.id = refolded.id, ${wordsOf('chunk')}
    ) as made
    where made.twin_id = chunk_words.twin_id and made.id = chunk_words.chunk_id`,
  `delete from word where chunk_count <= 0 and lexeme <> ''`,
  `drop table refolded`,
];

const statements = [
  // As in `0014-words-of-any-language`, and letters that stand for two, or are another one with a stroke or without its dot.
  `create or replace function plain_characters(content text) returns text language sql immutable parallel safe return (
    select case when single ~ '[${ADDED}]' then ${inCapitals} else single end
    from (select ${inSingles} as single offset 0) as folded
  )`,

  // Passages from before whose words are others now. The rest of a library is only read: 30 s for a million passages on a server, and
  // 1.5 ms for each that says such a letter. German ones with no other than ß stay, up to some stop words that nobody asks for.
  ...indexChangedWords(`concat_ws(' ', d.title, array_to_string(c.heading_path, ' '), c.content) ~ case v.language
        when 'german' then '[${OTHERS}${WITH_ACCENTS}]|${UNSTEMMED}' else '[${ADDED}${WITH_ACCENTS}]' end`),
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) {
    await sql.raw(statement).execute(db);
  }
}
