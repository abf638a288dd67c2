import type { PGlite } from '@electric-sql/pglite';

/** How often it looks. Each look is one short query. */
const EVERY_MS = 30_000;
/** Log written since the last checkpoint that is worth one: it is what a start after a crash has to replay. */
const WAL_BYTES_MAX = 128 * 1024 * 1024;

const unwrittenLog = `
  select pg_wal_lsn_diff(pg_current_wal_lsn(), redo_lsn)::float8 as bytes from pg_control_checkpoint()`;

/** Autovacuum's own rule for tables that changed, so that space and statistics follow what is deleted and added. */
const worn = `
  select format('%I.%I', schemaname, relname) as name from pg_stat_user_tables
  where n_dead_tup > 50 + 0.2 * n_live_tup or n_mod_since_analyze > 50 + 0.1 * n_live_tup
  order by n_dead_tup desc`;

/**
 * Does what a server's checkpointer and autovacuum do: the embedded engine has neither. Without it the log grows by all
 * that is ever written, and the space of what is deleted is never used again. Works between statements, one table at a
 * time, so that nobody waits long. Until the returned function is called.
 */
export function startHousekeeping(pglite: PGlite, everyMs = EVERY_MS): () => void {
  let working = false;
  const timer = setInterval(() => {
    if (working) return;
    working = true;
    // A failure is no one's statement: the next look tries again.
    void keepHouse(pglite)
      .catch(() => undefined)
      .finally(() => {
        working = false;
      });
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}

async function keepHouse(pglite: PGlite): Promise<void> {
  const { rows: log } = await pglite.query<{ bytes: number }>(unwrittenLog);
  if ((log[0]?.bytes ?? 0) > WAL_BYTES_MAX) await pglite.exec('checkpoint');
  const { rows: tables } = await pglite.query<{ name: string }>(worn);
  for (const { name } of tables) await pglite.exec(`vacuum analyze ${name}`);
}
