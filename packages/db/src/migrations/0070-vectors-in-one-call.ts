import { type Kysely, sql } from 'kysely';

const statements = [
  // A transaction that changes what a search can find says so here; see `incrementCorpusVersion`.
  `create function increment_corpus_version(of_twin integer) returns bigint language plpgsql as $$
  declare
    version bigint;
  begin
    update twin set corpus_version = corpus_version + 1 where id = of_twin returning corpus_version into strict version;
    delete from database_cache where twin_id = of_twin and starts_with(key, 'answer:');
    return version;
  end $$`,

  // Makes the texts of documents without a file from their passages, which stand in them in order, a blank line apart. A
  // document without any is deleted, unless a file that is to take its place waits, or has failed: then only what came as
  // vectors ends. Offsets count UTF-16 units, which Postgres cannot count: the length of a passage is what its offsets say.
  // Plans are made for each call, here and below: made once, they could be those of tables that were empty then.
  `create function rebuild_vector_documents(of_twin integer, version_ids bigint[]) returns void
  language plpgsql set plan_cache_mode = force_custom_plan as $$
  declare
    empty_ids bigint[] := array(
      select given.id from unnest(version_ids) as given (id)
      where not exists (select from chunk c where c.twin_id = of_twin and c.version_id = given.id));
  begin
    delete from document d using document_version v
    where v.twin_id = of_twin and v.id = any (empty_ids) and d.twin_id = v.twin_id and d.id = v.document_id
      and not exists (
        select from document_version file
        where file.twin_id = of_twin and file.document_id = d.id and file.blob_id is not null);
    update document set live_version_id = null, updated_at = now()
    where twin_id = of_twin and live_version_id = any (empty_ids);
    update document_version set stage = 'replaced', visibility = 'none', finished_at = now(), updated_at = now()
    where twin_id = of_twin and id = any (empty_ids);
    delete from document_text where twin_id = of_twin and version_id = any (empty_ids);

    update chunk c set start_offset = place.starts, end_offset = place.starts + place.length
    from (
      select id, start_offset, end_offset - start_offset as length,
        (sum(end_offset - start_offset + 2) over (partition by version_id order by ordinal)
          - (end_offset - start_offset + 2))::integer as starts
      from chunk where twin_id = of_twin and version_id = any (version_ids)
    ) as place
    where c.twin_id = of_twin and c.id = place.id and place.start_offset <> place.starts;

    with whole as materialized (
      select version_id, string_agg(content, E'\\n\\n' order by ordinal) as content, max(end_offset) as length,
        count(*)::integer as chunk_count,
        jsonb_agg(jsonb_build_object('kind', 'paragraph', 'start', start_offset, 'end', end_offset) order by ordinal) as blocks
      from chunk where twin_id = of_twin and version_id = any (version_ids)
      group by version_id
    ),
    texts as (
      insert into document_text (twin_id, version_id, canonical_text, blocks)
      select of_twin, version_id, content, blocks from whole
      on conflict (twin_id, version_id) do update
        set canonical_text = excluded.canonical_text, blocks = excluded.blocks
    )
    update document_version v
    set content_sha256 = sha256(convert_to(content, 'UTF8')), byte_size = octet_length(convert_to(content, 'UTF8')),
      character_count = length, chunk_count = whole.chunk_count, chunks_embedded = whole.chunk_count, updated_at = now()
    from whole where v.twin_id = of_twin and v.id = whole.version_id;
  end $$`,

  // See `upsertVectors`. One call for a batch of any number of vectors and documents; false, and nothing done, where no model
  // answers searches yet.
  `create function upsert_vectors(
    of_twin integer, model_provider text, model_name text, model_dimensions integer,
    vector_ids text[], document_ids text[], ordinals integer[], titles text[], contents text[], lengths integer[],
    metadatas jsonb[], embeddings vector[]
  ) returns boolean language plpgsql set plan_cache_mode = force_custom_plan as $$
  declare
    active embedding_model;
    with_file text;
    version_ids bigint[];
  begin
    perform pg_advisory_xact_lock(hashtext('accept documents'), of_twin);
    select * into active from embedding_model where state = 'active';
    if not found then
      return false;
    end if;
    if (active.provider, active.name, active.dimensions) <> (model_provider, model_name, model_dimensions) then
      raise exception using errcode = 'TW001', message = format(
        'The library''s vectors come from “%s” (%s dimensions); these from “%s” (%s).',
        active.name, active.dimensions, model_name, model_dimensions);
    end if;

    -- Whoever brings a deleted document's id starts afresh.
    delete from blob where twin_id = of_twin and id in (
      select v.blob_id from document d
      join document_version v on v.twin_id = d.twin_id and v.document_id = d.id and v.blob_id is not null
      where d.twin_id = of_twin and d.id = any (document_ids) and d.deleted_at is not null
    );
    delete from document where twin_id = of_twin and id = any (document_ids) and deleted_at is not null;

    -- In one order, so that two who lock several never wait for each other.
    perform from document where twin_id = of_twin and id = any (document_ids) order by id for update;
    select d.id into with_file from document d
    left join document_version v on v.twin_id = d.twin_id and v.id = d.live_version_id
    where d.twin_id = of_twin and d.id = any (document_ids) and (v.id is null or v.blob_id is not null)
    limit 1;
    if found then
      raise exception using errcode = 'TW002',
        message = format('“%s” came as a file; its passages are made from it.', with_file);
    end if;

    update document d set title = coalesce(given.title, d.title), updated_at = now()
    from (select distinct * from unnest(document_ids, titles) as given (id, title)) as given
    where d.twin_id = of_twin and d.id = given.id;
    insert into document (twin_id, id, title, origin, live_version_id)
    select of_twin, given.id, coalesce(given.title, given.id), 'rest',
      nextval(pg_get_serial_sequence('document_version', 'id'))
    from (select distinct * from unnest(document_ids, titles) as given (id, title)) as given
    where not exists (select from document d where d.twin_id = of_twin and d.id = given.id);
    -- Counts and hash follow when the text is made.
    insert into document_version (twin_id, id, document_id, version_number, content_sha256, file_name, byte_size, stage,
      visibility, finished_at)
    select of_twin, d.live_version_id, d.id, 1, sha256(convert_to(d.id, 'UTF8')), d.id, 0, 'ready', 'live', now()
    from document d
    where d.twin_id = of_twin and d.id = any (document_ids)
      and not exists (select from document_version v where v.twin_id = of_twin and v.id = d.live_version_id);

    delete from chunk c using unnest(document_ids, ordinals) as given (document_id, ordinal), document d
    where d.twin_id = of_twin and d.id = given.document_id
      and c.twin_id = of_twin and c.version_id = d.live_version_id and c.ordinal = given.ordinal;
    -- Behind the passages that are there: right for new documents and for those that grow, else moved below.
    insert into chunk (twin_id, document_id, version_id, ordinal, start_offset, end_offset, content, token_count, tsv,
      vector_id, metadata)
    select of_twin, document_id, version_id, ordinal, starts::integer, (starts + length)::integer, content,
      ceil(length / 4.0)::integer, setweight(text_words(title), 'A') || setweight(text_words(content), 'B'), id, metadata
    from (
      select given.*, d.live_version_id as version_id, d.title,
        coalesce((select c.end_offset + 2 from chunk c
          where c.twin_id = of_twin and c.version_id = d.live_version_id order by c.ordinal desc limit 1), 0)
          + sum(length + 2) over (partition by d.id order by given.ordinal) - length - 2 as starts
      from unnest(vector_ids, document_ids, ordinals, contents, lengths, metadatas)
        as given (id, document_id, ordinal, content, length, metadata)
      join document d on d.twin_id = of_twin and d.id = given.document_id
    ) as placed
    order by document_id, ordinal;

    execute format(
      'insert into %I (twin_id, chunk_id, version_id, embedding)
       select $1, c.id, c.version_id, given.embedding
       from unnest($2, $3, $4) as given (document_id, ordinal, embedding)
       join document d on d.twin_id = $1 and d.id = given.document_id
       join chunk c on c.twin_id = $1 and c.version_id = d.live_version_id and c.ordinal = given.ordinal',
      'chunk_embedding_' || active.id) using of_twin, document_ids, ordinals, embeddings;

    version_ids := array(
      select live_version_id from document where twin_id = of_twin and id = any (document_ids));
    perform rebuild_vector_documents(of_twin, version_ids);
    perform increment_corpus_version(of_twin);
    return true;
  end $$`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) {
    await sql.raw(statement).execute(db);
  }
}
