import { sql } from 'kysely';
import type { Db } from '../db.ts';
import { namedStatement } from '../server/name-statements.ts';

export interface ApiKeyRow {
  id: string;
  name: string | null;
  /** Until it expires, by the database's clock; null for one that does not. */
  expiresInMs: number | null;
}

/** The key with this hash while it is valid: not switched off and not expired. Like all of sign-in it is nobody's but the installation's. */
export async function findApiKey(db: Db, keyHash: string): Promise<ApiKeyRow | undefined> {
  const { rows } = await sql<ApiKeyRow>`${namedStatement('find-api-key')}
    select id, name, extract(epoch from "expiresAt" - clock_timestamp())::float8 * 1000 as "expiresInMs"
    from auth_api_key
    where key = ${keyHash} and enabled is not false and ("expiresAt" is null or "expiresAt" > clock_timestamp())`.execute(
    db,
  );
  return rows[0];
}
