import { type RawBuilder, sql } from 'kysely';
import type { TwinScope } from '../scope.ts';

/** A [start, end) stretch of a version's canonical text. */
export interface TextStretch {
  versionId: number;
  startOffset: number;
  endOffset: number;
}

/** The rows of a CTE named `asked`: `place` counts from 1. */
export function askedStretches(stretches: readonly TextStretch[]): RawBuilder<unknown> {
  return sql`
    select place, ("versionId")::bigint as version_id, "startOffset" as start_offset, "endOffset" as end_offset
    from jsonb_array_elements(cast(${JSON.stringify(stretches)} as jsonb)) with ordinality as given (stretch, place)
    cross join jsonb_to_record(stretch) as named ("versionId" bigint, "startOffset" integer, "endOffset" integer)`;
}

/** The parts of texts that any of them touches: the blocks of a long text are many, and taken apart only there, once each. */
export function touchedParts(scope: TwinScope): RawBuilder<unknown> {
  return sql`
    select * from document_text part
    where twin_id = ${scope.twinId} and exists (
      select from asked
      where asked.version_id = part.version_id and part.start_offset < asked.end_offset
        and part.start_offset >= coalesce((select max(before.start_offset) from document_text before
          where before.twin_id = ${scope.twinId} and before.version_id = asked.version_id
            and before.start_offset <= asked.start_offset), 0)
    )`;
}
