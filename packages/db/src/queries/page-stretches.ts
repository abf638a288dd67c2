import { sql } from 'kysely';
import type { Db } from '../db.ts';
import type { TwinScope } from '../scope.ts';
import { askedStretches, type TextStretch, touchedParts } from './text-stretches.ts';

/** What of a stretch stands on one page: from its first block there to its last. */
export interface PageStretch {
  page: number;
  startOffset: number;
  endOffset: number;
}

/** For each stretch, the pages that its blocks stand on, in order; none where the text has no pages. */
export async function listPageStretches(
  db: Db,
  scope: TwinScope,
  stretches: readonly TextStretch[],
): Promise<PageStretch[][]> {
  if (stretches.length === 0) return [];
  const { rows } = await sql<PageStretch & { place: number }>`
    with asked as (${askedStretches(stretches)}),
    block as materialized (
      select version_id, found.*
      from (${touchedParts(scope)}) as touched
      cross join jsonb_to_recordset(blocks) as found (page integer, start integer, "end" integer)
      where page is not null
    )
    select asked.place::integer as place, block.page, min(block.start) as "startOffset", max(block."end") as "endOffset"
    from asked
    join block on block.version_id = asked.version_id and block.start < asked.end_offset and block."end" > asked.start_offset
    group by 1, 2
    order by 1, 2`.execute(db);
  return stretches.map((_, index) =>
    rows
      .filter(({ place }) => place === index + 1)
      .map(({ page, startOffset, endOffset }) => ({ page, startOffset, endOffset })),
  );
}
