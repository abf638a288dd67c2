import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startChild } from '../testing/child-process.ts';
import { copyPreparedDataFolder } from '../testing/embedded-test-database.ts';
import { openEmbedded } from './open-embedded.ts';

const INSERTER = new URL('../testing/children/insert-until-killed.ts', import.meta.url);
const KILLS = 4;

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'digital-twin-data-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

test('a process killed again and again while it writes loses nothing it acknowledged, and leaves nothing half done', async () => {
  await copyPreparedDataFolder(folder);
  const acknowledged: number[] = [];
  for (let kill = 0; kill < KILLS; kill += 1) {
    const child = startChild(INSERTER, [folder]);
    await child.waitForLine((line) => line === 'open');
    await child.waitForLine((line) => line !== 'open');
    await sleep(50 + Math.random() * 400);
    child.process.kill('SIGKILL');
    expect(await child.ended).toBe('SIGKILL');
    acknowledged.push(...child.lines.filter((line) => line !== 'open').map(Number));
  }
  expect(acknowledged.length).toBeGreaterThan(KILLS);

  const { postgres, close } = await openEmbedded(folder);
  const { rows } = await postgres.query<{ half: string; number: number }>(
    'select half, number from pair order by number',
  );
  await close();
  const left = rows.filter((row) => row.half === 'left').map((row) => row.number);
  const right = rows.filter((row) => row.half === 'right').map((row) => row.number);
  expect(left).toEqual(right);
  const kept = new Set(left);
  expect(acknowledged.filter((number) => !kept.has(number))).toEqual([]);
  // Beyond what was acknowledged there can be the one pair that each kill cut off before it was printed.
  expect(kept.size - acknowledged.length).toBeLessThanOrEqual(KILLS);
}, 120_000);

test('a creation that was killed is done again', async () => {
  const child = startChild(INSERTER, [folder]);
  await expect
    .poll(async () => (await readdir(folder)).includes('postgres.unfinished'), { timeout: 20_000 })
    .toBe(true);
  child.process.kill('SIGKILL');
  await child.ended;
  expect(await readdir(folder)).not.toContain('postgres');
  const { postgres, close } = await openEmbedded(folder);
  expect((await postgres.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  await close();
  expect(await readdir(folder)).toEqual(expect.not.arrayContaining(['postgres.unfinished', 'holder.json']));
}, 60_000);

test.each([
  ['of another major version', '17\n', 'holds files of Postgres 17'],
  ['that is no database', undefined, 'holds no Postgres files'],
])('a folder %s is refused and left alone, and the lock is free again', async (_name, version, message) => {
  await mkdir(join(folder, 'postgres'));
  if (version !== undefined) {
    await writeFile(join(folder, 'postgres', 'PG_VERSION'), version);
  }
  const refusal = expect.objectContaining({
    code: 'data-folder-incompatible',
    message: expect.stringContaining(message) as string,
  });
  await expect(openEmbedded(folder)).rejects.toThrow(refusal);
  await expect(openEmbedded(folder)).rejects.toThrow(refusal);
  expect(await readdir(join(folder, 'postgres'))).toEqual(version === undefined ? [] : ['PG_VERSION']);
});

test('a folder whose files are damaged is refused with the next step', async () => {
  await mkdir(join(folder, 'postgres'));
  await writeFile(join(folder, 'postgres', 'PG_VERSION'), '18\n');
  await expect(openEmbedded(folder)).rejects.toMatchObject({
    code: 'data-folder-unusable',
    nextStep: expect.stringContaining('restore a copy') as string,
  });
});
