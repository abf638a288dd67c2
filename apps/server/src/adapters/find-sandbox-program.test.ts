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

interface Times {
  source: number;
  part: number;
  test?: number;
  lock?: number;
  bundle?: number;
}

async function find(times: Times): Promise<string> {
  const files = {
    source: 'close-network.ts',
    part: 'part.ts',
    test: 'part.test.ts',
    lock: 'pnpm-lock.yaml',
    bundle: 'close-network.mjs',
  };
  for (const [name, file] of Object.entries(files)) {
    const time = times[name as keyof typeof times];
    if (time === undefined) continue;
    await writeFile(join(folder, file), '');
    await utimes(join(folder, file), time, time);
  }
  const madeOf = [join(folder, '*.ts'), join(folder, 'pnpm-lock.yaml')];
  const folders = { source: folder, bundle: folder, madeOf };
  return basename(findSandboxProgram('close-network', folders));
}

test('the bundle runs when nothing in it has changed since it was made', async () => {
  expect(await find({ source: 100, part: 200, bundle: 300 })).toBe('close-network.mjs');
});

test('the source runs when nothing was built, or when a part of it is newer than the bundle', async () => {
  expect(await find({ source: 100, part: 200 })).toBe('close-network.ts');
  expect(await find({ source: 100, part: 400, bundle: 300 })).toBe('close-network.ts');
});

test('the source runs when another version of a library was installed since', async () => {
  expect(await find({ source: 100, part: 200, lock: 400, bundle: 300 })).toBe('close-network.ts');
});

test('a test that changed is no part of the bundle', async () => {
  expect(await find({ source: 100, part: 200, test: 400, bundle: 300 })).toBe('close-network.mjs');
});
