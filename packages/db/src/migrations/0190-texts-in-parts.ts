import { type Kysely, sql } from 'kysely';

const statements = [
  // A long text is in parts, each with its own blocks: read, shown and cut into passages without ever being held whole. What
  // is there already is a first part, which is also the only one.
  `alter table document_text add column start_offset integer not null default 0 check (start_offset >= 0)`,
  `alter table document_text drop constraint document_text_pkey`,
  `alter table document_text add primary key (twin_id, version_id, start_offset)`,

  // As it was, but for the key of a text. One that is made from passages stays in one part.
  `create or replace function rebuild_vector_documents(of_twin integer, version_ids bigint[]) returns void
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
      on conflict (twin_id, version_id, start_offset) do update
        set canonical_text = excluded.canonical_text, blocks = excluded.blocks
    )
    update document_version v
    set content_sha256 = sha256(convert_to(content, 'UTF8')), byte_size = octet_length(convert_to(content, 'UTF8')),
      character_count = length, chunk_count = whole.chunk_count, chunks_embedded = whole.chunk_count, updated_at = now()
    from whole where v.twin_id = of_twin and v.id = whole.version_id;
  end $$`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) {
    await sql.raw(statement).execute(db);
  }
}
