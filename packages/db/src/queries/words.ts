import { sql } from 'kysely';
import type { Tx } from '../db.ts';
import type { TwinScope } from '../scope.ts';

/**
 * Counts anew in how many chunks each word stands, and removes words that stand in none. Triggers keep the counts exact;
 * this is for after a restore that left rows out. Chunks come and go only after it commits; searches go on.
 *
 * @returns how many words had a wrong count.
 */
export async function recountWords(tx: Tx, scope: TwinScope): Promise<number> {
  // What changes counts takes this row first.
  await sql`select from word where twin_id = ${scope.twinId} and lexeme = '' for update`.execute(tx);
  const { rows } = await sql<{ wrong: number }>`
    with held as materialized (
      select lexeme, count(*)::integer as chunk_count
      from chunk, unnest(chunk.tsv)
      where twin_id = ${scope.twinId}
      group by 1
      union all
      select '', count(*)::integer from chunk where twin_id = ${scope.twinId}
    ),
    corrected as (
      update word set chunk_count = held.chunk_count
      from held
      where word.twin_id = ${scope.twinId} and word.lexeme = held.lexeme and word.chunk_count <> held.chunk_count
      returning word.id
    ),
    removed as (
      delete from word
      where twin_id = ${scope.twinId} and not exists (select from held where held.lexeme = word.lexeme)
      returning id
    )
    select (select count(*) from corrected) + (select count(*) from removed) as wrong`.execute(tx);
  return rows[0]?.wrong ?? 0;
}
