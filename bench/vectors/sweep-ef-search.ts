import type { Db } from '@twin/db/db';
import { sql } from 'kysely';

export type Search = (embedding: Float32Array) => Promise<number[]>;

/** How much of what comparing all finds a search finds, 0 to 1, and for how many questions none of it. */
export async function recallOf(
  search: Search,
  exact: Search,
  asked: readonly Float32Array[],
): Promise<{ recall: number; lost: number }> {
  let share = 0;
  let lost = 0;
  for (const question of asked) {
    const found = new Set(await search(question));
    const truth = await exact(question);
    const hits = truth.filter((id) => found.has(id)).length;
    share += hits / truth.length;
    if (hits === 0) lost += 1;
  }
  return { recall: share / asked.length, lost };
}

/** What the bare statement finds, and how long it takes, by how far it looks. */
export async function sweepEfSearch(
  db: Db,
  searchOn: (session: Db) => Search,
  { asked, exact }: { asked: readonly Float32Array[]; exact: Search },
): Promise<Record<string, string | number>[]> {
  const rows = [];
  for (const efSearch of [50, 100, 200, 400]) {
    const latencies: number[] = [];
    const { recall, lost } = await db.connection().execute(async (session) => {
      await sql.raw(`set hnsw.ef_search = ${efSearch}`).execute(session);
      const search = searchOn(session);
      const timed: Search = async (question) => {
        const started = performance.now();
        const found = await search(question);
        latencies.push(performance.now() - started);
        return found;
      };
      const measured = await recallOf(timed, exact, asked);
      await sql`reset hnsw.ef_search`.execute(session);
      return measured;
    });
    const sorted = latencies.toSorted((a, b) => a - b);
    rows.push({
      ef_search: efSearch,
      'recall@10': recall.toFixed(3),
      'questions lost whole': `${lost} of ${asked.length}`,
      'p50 ms': sorted[Math.floor(sorted.length / 2)]?.toFixed(2) ?? '',
    });
  }
  return rows;
}
