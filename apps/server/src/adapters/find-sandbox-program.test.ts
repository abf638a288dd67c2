import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findSandboxProgram } from './find-sandbox-program.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twin-sandbox-program-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function find(times: { source: number; part: number; bundle?: number }): Promise<string> {
  const files = { source: 'close-network.ts', part: 'part.ts', bundle: 'close-network.mjs' };
  for (const [name, file] of Object.entries(files)) {
    const time = times[name as keyof typeof times];
    if (time === undefined) continue;
    await writeFile(join(folder, file), '');
    await utimes(join(folder, file), time, time);
  }
  const folders = { source: folder, bundle: folder, madeOf: [join(folder, '*.ts')] };
  return basename(findSandboxProgram('close-network', folders));
}

test('the bundle runs when nothing in it has changed since it was made', async () => {
  expect(await find({ source: 100, part: 200, bundle: 300 })).toBe('close-network.mjs');
});

test('the source runs when nothing was built, or when a part of it is newer than the bundle', async () => {
  expect(await find({ source: 100, part: 200 })).toBe('close-network.ts');
  expect(await find({ source: 100, part: 400, bundle: 300 })).toBe('close-network.ts');
});
