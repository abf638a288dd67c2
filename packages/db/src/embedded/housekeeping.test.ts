import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { expect, test } from 'vitest';
import { copyPreparedDataFolder } from '../testing/embedded-test-database.ts';
import { startHousekeeping } from './housekeeping.ts';

test('the log does not grow with all that is written, and deleted space is used again', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'digital-twin-house-'));
  await copyPreparedDataFolder(folder);
  const directory = join(folder, 'postgres');
  const pglite = await PGlite.create({ dataDir: directory });
  const stop = startHousekeeping(pglite, 20);
  try {
    await pglite.exec('create table kept (number int, bytes text); alter table kept alter bytes set storage external');
    const fill = `insert into kept select number, repeat(md5(number::text), 1000) from generate_series(1, 500) number`;
    const sizes: number[] = [];
    for (let round = 0; round < 20; round += 1) {
      await pglite.exec(fill);
      await pglite.exec('delete from kept');
      // Else the engine counts the dead only once a second, and a quick machine writes the next round before they are seen.
      await pglite.exec('select pg_stat_force_next_flush()');
      await expect.poll(() => deadRows(pglite), { timeout: 20_000 }).toBe(0);
      sizes.push(await sizeOf(pglite));
    }
    // The first round leaves its maps of free space; nothing is left of any later one.
    expect(sizes.at(-1)).toBeLessThanOrEqual(sizes[1]!);
    // 20 rounds wrote some 350 MB of log, in files of 16 MB.
    expect((await readdir(join(directory, 'pg_wal'))).length).toBeLessThan(18);
  } finally {
    stop();
    await pglite.close();
    await rm(folder, { recursive: true, force: true });
  }
}, 120_000);

async function deadRows(pglite: PGlite): Promise<number> {
  const { rows } = await pglite.query<{ dead: number }>(
    "select n_dead_tup::int as dead from pg_stat_user_tables where relname = 'kept'",
  );
  return rows[0]?.dead ?? -1;
}

async function sizeOf(pglite: PGlite): Promise<number> {
  const { rows } = await pglite.query<{ bytes: number }>("select pg_total_relation_size('kept')::int as bytes");
  return rows[0]?.bytes ?? 0;
}
