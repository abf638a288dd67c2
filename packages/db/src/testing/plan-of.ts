import { type RawBuilder, sql } from 'kysely';
import type { TestDatabase } from './create-test-database.ts';

/** As the planner makes it by itself. */
export async function planOf({ db }: TestDatabase, statement: RawBuilder<unknown>): Promise<string> {
  const { rows } = await sql<{ 'QUERY PLAN': string }>`explain ${statement}`.execute(db);
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}

/** The plan that a named statement is given once and keeps. */
export async function keptPlanOf({ db }: TestDatabase, statement: RawBuilder<unknown>): Promise<string> {
  const { sql: text, parameters } = statement.compile(db);
  return await db.transaction().execute(async (tx) => {
    await sql`set local plan_cache_mode = force_generic_plan`.execute(tx);
    await sql`prepare kept as ${sql.raw(text)}`.execute(tx);
    const values = sql.join(parameters.map((value) => sql.lit(Array.isArray(value) ? `{${value.join(',')}}` : value)));
    const { rows } = await sql<{ 'QUERY PLAN': string }>`explain execute kept (${values})`.execute(tx);
    await sql`deallocate kept`.execute(tx);
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  });
}
