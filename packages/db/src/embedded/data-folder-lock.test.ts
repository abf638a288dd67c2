import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startChild, type TestChild } from '../testing/child-process.ts';
import { lockDataFolder } from './data-folder-lock.ts';

let folder: string;
let children: TestChild[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'digital-twin-lock-'));
  children = [];
});

afterEach(async () => {
  for (const child of children) {
    child.process.kill('SIGKILL');
  }
  await Promise.all(children.map(async (child) => await child.ended));
  await rm(folder, { recursive: true, force: true });
});

function startHolder(): TestChild {
  const child = startChild(new URL('../testing/children/hold-data-folder.ts', import.meta.url), [folder]);
  children.push(child);
  return child;
}

async function firstLine(child: TestChild): Promise<string> {
  return await child.waitForLine(() => true);
}

test('a second process is told which process holds the folder, and exits with an error', async () => {
  const holder = startHolder();
  expect(await firstLine(holder)).toBe('held');
  const second = startHolder();
  expect(await firstLine(second)).toMatch(
    new RegExp(`^data-folder-in-use: The data folder ${folder} is in use by process ${holder.process.pid}, since 20`),
  );
  expect(await second.ended).toBe(75);
});

test.runIf(process.platform === 'linux')('a folder that cannot be made is told, not waited for', () => {
  expect(() => lockDataFolder('/proc/digital-twin/data')).toThrow(
    expect.objectContaining({ code: 'data-folder-unusable' }),
  );
});

test('the same process cannot open the folder twice, and can after a release', () => {
  const lock = lockDataFolder(folder);
  expect(() => lockDataFolder(folder)).toThrow(expect.objectContaining({ code: 'data-folder-in-use' }));
  lock.release();
  lock.release();
  lockDataFolder(folder).release();
});

test('the lock of a killed holder is taken over at once', async () => {
  const holder = startHolder();
  expect(await firstLine(holder)).toBe('held');
  holder.process.kill('SIGKILL');
  expect(await holder.ended).toBe('SIGKILL');
  expect(await firstLine(startHolder())).toBe('held');
});

test('a note left by a dead holder whose pid another process has now decides nothing', async () => {
  await writeFile(
    join(folder, 'holder.json'),
    JSON.stringify({ pid: process.ppid, since: '2020-01-01T00:00:00.000Z' }),
  );
  expect(() => lockDataFolder(folder).release()).not.toThrow();
});

test('of several processes that find a dead holder at the same moment exactly one takes over', async () => {
  const dead = startHolder();
  expect(await firstLine(dead)).toBe('held');
  dead.process.kill('SIGKILL');
  await dead.ended;
  const lines = await Promise.all(Array.from({ length: 6 }, async () => await firstLine(startHolder())));
  expect(lines.filter((line) => line === 'held')).toHaveLength(1);
  expect(lines.filter((line) => line.startsWith('data-folder-in-use'))).toHaveLength(5);
});

test('a folder that cannot be made is refused with the reason', async () => {
  const file = join(folder, 'file');
  await writeFile(file, '');
  expect(() => lockDataFolder(join(file, 'data'))).toThrow(
    expect.objectContaining({ code: 'data-folder-unusable', message: expect.stringContaining('ENOTDIR') as string }),
  );
});
