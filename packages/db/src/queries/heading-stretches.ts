import { sql } from 'kysely';
import type { Db } from '../db.ts';
import type { TwinScope } from '../scope.ts';
import { askedStretches, type TextStretch, touchedParts } from './text-stretches.ts';

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
  const { rows } = await sql<HeadingStretch & { place: number }>`
    with asked as (${askedStretches(stretches)}),
    heading as materialized (
      select version_id, found.start, found."end"
      from (${touchedParts(scope)}) as touched
      cross join jsonb_to_recordset(blocks) as found (kind text, start integer, "end" integer)
      where found.kind = 'heading'
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
