import { sql } from 'kysely';
import type { Db } from '../db.ts';
import type { TwinScope } from '../scope.ts';

/** Two words in their order; the second stands at most `distanceMax` words after the first. */
export interface WordPair {
  first: string;
  second: string;
  distanceMax: number;
}

/** For each of the chunks, in any order, which of the pairs it holds, as places in `pairs`. Chunks without any are left out. */
export async function listHeldPairs(
  db: Db,
  scope: TwinScope,
  { chunkIds, pairs }: { chunkIds: readonly number[]; pairs: readonly WordPair[] },
): Promise<{ chunkId: number; held: number[] }[]> {
  if (chunkIds.length === 0 || pairs.length === 0) return [];
  const { rows } = await sql<{ chunkId: number; held: number[] }>`
    with pair as materialized (
      select (position - 1)::integer as index, query::tsquery
      from unnest(cast(${pairs.map(toQuery)} as text[])) with ordinality as given (query, position)
    )
    select chunk.id as "chunkId", array_agg(pair.index) as held
    from chunk join pair on chunk.tsv @@ pair.query
    where chunk.twin_id = ${scope.twinId} and chunk.id = any (cast(${[...chunkIds]} as bigint[]))
    group by chunk.id`.execute(db);
  return rows;
}

function toQuery({ first, second, distanceMax }: WordPair): string {
  return Array.from({ length: distanceMax }, (_, index) => `${quote(first)} <${index + 1}> ${quote(second)}`).join(
    ' | ',
  );
}

function quote(lexeme: string): string {
  return `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
