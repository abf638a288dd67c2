import { type Kysely, sql } from 'kysely';
import { indexChangedWords } from './0265-letters-of-two.ts';

/** As in `0014-words-of-any-language`: scripts that put no spaces between words. */
const UNSPACED = '\\u0e00-\\u0e7f\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7a3';

const EMAIL_ADDRESS = '[\\w.+-]@[\\w-]+(?:\\.[\\w-]+)*\\.[[:alpha:]]{2}';
/** What most texts have none of, which costs a hundredth of looking for a number. */
const MAY_BE_NUMBER = '[+][1-9]|0[1-9]|[0-9]{3}[).-]';
/** A month and its year, or a day. */
const DATE = '\\d{1,2}[./-]\\d{4}(?!\\d)|\\d{1,2}[./-]\\d{1,2}[./-]\\d{2,4}(?!\\d|[./-]\\d)';
/** With a country's code, with the nought before an area's and something behind it, or as in North America. */
const TELEPHONE_NUMBER = [
  `(?<![[:alnum:].,/:-])(?<!\\d )(?!${DATE})(?:[+][1-9]|00[1-9]\\d{0,2}[ /.-]|\\(?0[1-9]\\d{0,5}\\)?[ /.-])(?:[ ()/.-]{0,3}\\d){5,13}(?!\\d)`,
  '(?<![[:alnum:].,-])(?:1-)?(?:\\(\\d{3}\\) ?|\\d{3}[.-])\\d{3}[.-]\\d{4}(?![\\d-])',
].join('|');

const hasNumber = (text: string) =>
  `case when ${text} ~ '${MAY_BE_NUMBER}' then ${text} ~ '${TELEPHONE_NUMBER}' else false end`;
const said = `concat_ws(' ', d.title, array_to_string(c.heading_path, ' '), c.content)`;
const plain = `case when octet_length(${said}) = char_length(${said}) then ${said} else plain_characters(${said}) end`;

const statements = [
  // As in `0090-acronyms-and-characters`, and an e-mail address or a telephone number is also a word for what it is: who asks for
  // one says neither the address nor, where it stands in a letterhead, any word beside it. No text has these words of its own.
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
        ), '')
        || case when plain ~ '${EMAIL_ADDRESS}' then ' emailaddress' else '' end
        || case when ${hasNumber('plain')} then ' telephonenumber' else '' end)
      from (
        select case when is_ascii then content else plain_characters(content) end as plain, is_ascii
        from (select octet_length(content) = char_length(content) as is_ascii) as measured
        offset 0
      ) as made
    )`,

  // Reading 3,000 passages of prose for what they hold takes some 100 ms embedded; those that hold none keep their row.
  ...indexChangedWords(
    `(select said.plain ~ '${EMAIL_ADDRESS}' or ${hasNumber('said.plain')} from (select ${plain} as plain offset 0) as said)`,
  ),
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) {
    await sql.raw(statement).execute(db);
  }
}
