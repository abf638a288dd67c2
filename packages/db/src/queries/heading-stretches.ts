import { sql } from 'kysely';
import type { Db } from '../db.ts';
import type { TwinScope } from '../scope.ts';
import type { TextStretch } from './page-stretches.ts';

/** A [start, end) stretch of a version's canonical text that is a heading. */
export interface HeadingStretch {
  startOffset: number;
  endOffset: number;
}

/** For each stretch of a text, the headings within it, in order. */
export async function listHeadingStretches(
  db: Db,
  scope: TwinScope,
  stretches: readonly TextStretch[],
): Promise<HeadingStretch[][]> {
  if (stretches.length === 0) return [];
  // Of a long text only the parts that a stretch touches are taken apart, each once.
  const { rows } = await sql<HeadingStretch & { place: number }>`
    with asked as (
      select place, ("versionId")::bigint as version_id, "startOffset" as start_offset, "endOffset" as end_offset
      from jsonb_array_elements(cast(${JSON.stringify(stretches)} as jsonb)) with ordinality as given (stretch, place)
      cross join jsonb_to_record(stretch) as named ("versionId" bigint, "startOffset" integer, "endOffset" integer)
    ),
    heading as materialized (
      select version_id, found.start, found."end"
      from document_text part
      cross join jsonb_to_recordset(blocks) as found (kind text, start integer, "end" integer)
      where twin_id = ${scope.twinId} and found.kind = 'heading' and exists (
        select from asked
        where asked.version_id = part.version_id and part.start_offset < asked.end_offset
          and part.start_offset >= coalesce((select max(before.start_offset) from document_text before
            where before.twin_id = ${scope.twinId} and before.version_id = asked.version_id
              and before.start_offset <= asked.start_offset), 0)
      )
    )
    select asked.place::integer as place, heading.start as "startOffset", heading."end" as "endOffset"
    from asked
    join heading on heading.version_id = asked.version_id
      and heading.start < asked.end_offset and heading."end" > asked.start_offset
    order by 1, 2`.execute(db);
  return stretches.map((_, index) =>
    rows.filter(({ place }) => place === index + 1).map(({ startOffset, endOffset }) => ({ startOffset, endOffset })),
  );
}
