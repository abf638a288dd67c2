import { type Kysely, sql } from 'kysely';

/** The most entries a sparse vector can have. A passage of the product's own holds a few hundred words. */
const WORDS_MAX = 16_000;

/**
 * The document's side of BM25 (Robertson and Zaragoza 2009) with k1 = 1.2 and b = 0.75: how often each word stands in a
 * chunk, saturating, held back in long chunks. Words of the title and the headings count twice. Lengths are compared with
 * 100 words rather than with the mean, which would make every row stale with every new document.
 */
function wordVectorOf(chunk: 'chunk' | 'added'): string {
  return `(
    select ('{' || coalesce(string_agg(
        (select id from word where word.twin_id = ${chunk}.twin_id and word.lexeme = held.lexeme) || ':' ||
        (2.2 * held.occurrences / (held.occurrences + 1.2 * (0.25 + 0.75 * held.length / 100)))::float4, ','), '')
      || '}/1000000000')::sparsevec
    from (
      select lexeme, (cardinality(positions) + cardinality(array_positions(weights, 'A')))::float8 as occurrences,
        sum(cardinality(positions)) over () as length
      from unnest(${chunk}.tsv)
      limit ${WORDS_MAX}
    ) as held)`;
}

const statements = [
  // The english words of a text, stemmed. The parser takes `readFile` and `src/read_file.ts` for one word each; their parts
  // are added, so that a question in plain words finds them.
  `create function text_words(content text) returns tsvector language sql immutable parallel safe return
    to_tsvector('english', content || coalesce((
      select string_agg(' ' || translate(regexp_replace(found[1], '([a-z0-9])([A-Z])', '\\1 \\2', 'g'), '_./', '   '), '')
      from regexp_matches(content, '[\\w./]*(?:[a-z][A-Z]|_\\w*[./]\\w|\\w[./]\\w*_)[\\w./]*', 'g') as found
    ), ''))`,

  // The places in a sparse vector, as many as it can have. The empty word has none.
  `create sequence word_id as integer maxvalue 1000000000`,

  // Every word of the twin's chunks. The empty word stands in every chunk, so its row counts them all; whoever changes
  // counts takes that row first, which lets one transaction of a twin do so at a time and none wait in a circle.
  // Counts are not indexed and pages have room, so that an update stays in its page.
  `create table word (
    twin_id integer not null references twin (id),
    lexeme text collate "C" not null,
    id integer not null,
    chunk_count integer not null,
    primary key (twin_id, lexeme)
  ) with (fillfactor = 70)`,

  // Narrow, so that scoring every chunk reads little: by word id, how much the word says about the chunk.
  `create table chunk_words (
    twin_id integer not null,
    chunk_id bigint not null,
    version_id bigint not null,
    words sparsevec not null,
    primary key (twin_id, chunk_id),
    foreign key (twin_id, chunk_id) references chunk (twin_id, id) on delete cascade
  ) with (toast_tuple_target = 8160)`,
  // In its row and uncompressed as long as a page holds it.
  `alter table chunk_words alter column words set storage external`,

  // How much a word says by being rare: BM25's inverse document frequency, which stays positive for common words.
  `create function inverse_frequency(chunk_count integer, total integer) returns float8
    language sql immutable parallel safe return
    ln(1 + greatest(0, total - chunk_count + 0.5)::float8 / (chunk_count + 0.5))`,

  // Words are looked up by scalar subqueries and conflicts, which can only mean the index: a trigger's plans are made once,
  // when the table may be empty, and a join that was best then would go on reading all words for the few of a document.
  `create function index_chunk_words() returns trigger language plpgsql set enable_seqscan = off as $$
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
    insert into chunk_words (twin_id, chunk_id, version_id, words)
      select twin_id, id, version_id, ${wordVectorOf('added')} from added;
    return null;
  end $$`,

  `create function forget_chunk_words() returns trigger language plpgsql set enable_seqscan = off as $$
  begin
    insert into word (twin_id, lexeme, id, chunk_count)
      select twin_id, '', 0, -count(*) from removed group by twin_id order by twin_id
      on conflict (twin_id, lexeme) do update set chunk_count = word.chunk_count + excluded.chunk_count;
    insert into word (twin_id, lexeme, id, chunk_count)
      select twin_id, lexeme, 0, -count(*) from removed, unnest(removed.tsv) group by 1, 2
      on conflict (twin_id, lexeme) do update set chunk_count = word.chunk_count + excluded.chunk_count;
    delete from word where chunk_count <= 0 and lexeme <> '' and ctid = any (array(
      select (select word.ctid from word where word.twin_id = removed.twin_id and word.lexeme = unnest.lexeme)
      from removed, unnest(removed.tsv)
    ));
    return null;
  end $$`,

  // Chunks from before: words first, then vectors. Those with identifiers get the parts of these.
  `update chunk set tsv = setweight(text_words(document.title || E'\\n' || array_to_string(heading_path, E'\\n')), 'A')
      || setweight(text_words(content), 'B')
    from document
    where document.twin_id = chunk.twin_id and document.id = chunk.document_id
      and to_tsvector('english', content) <> text_words(content)`,
  `insert into word (twin_id, lexeme, id, chunk_count)
    select twin_id, '', 0, count(*) from chunk group by 1`,
  `insert into word (twin_id, lexeme, id, chunk_count)
    select twin_id, lexeme, nextval('word_id'), chunk_count
    from (select twin_id, lexeme, count(*) as chunk_count from chunk, unnest(chunk.tsv) group by 1, 2) as held`,
  `analyze word`,
  `insert into chunk_words (twin_id, chunk_id, version_id, words)
    select twin_id, id, version_id, ${wordVectorOf('chunk')} from chunk`,

  // From here on kept by triggers: no way of adding or removing chunks, cascades included, can leave the counts wrong.
  `create trigger chunk_words_index after insert on chunk referencing new table as added
    for each statement execute function index_chunk_words()`,
  `create trigger chunk_words_forget after delete on chunk referencing old table as removed
    for each statement execute function forget_chunk_words()`,

  // Searches read the vectors now.
  `drop index chunk_text`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) {
    await sql.raw(statement).execute(db);
  }
}
