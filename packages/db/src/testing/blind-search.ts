import { sql } from 'kysely';
import type { Db } from '../db.ts';

/** From here on no passage stands beside another one. */
export async function partNeighbours(db: Db): Promise<void> {
  await sql`update chunk set ordinal = 1000000 + 2 * ordinal`.execute(db);
}

/** Undoes `partNeighbours`. */
export async function joinNeighboursAgain(db: Db): Promise<void> {
  await sql`update chunk set ordinal = (ordinal - 1000000) / 2`.execute(db);
}

/** From here on it is known which words a passage says, and not where. */
export async function forgetWordPlaces(db: Db): Promise<void> {
  await sql`update chunk set tsv = strip(tsv)`.execute(db);
}
