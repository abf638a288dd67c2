import { cp, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { digestCode } from './digest-code.ts';

test('a copy without its tests has the same digest, and any other source or dependency another one', async () => {
  const root = join(import.meta.dirname, '../../..');
  const copy = await mkdtemp(join(tmpdir(), 'twin-code-'));
  onTestFinished(async () => await rm(copy, { recursive: true, force: true }));
  const folders = [
    'packages/core/src',
    'packages/db/src',
    'packages/eval/src',
    'apps/server/src/adapters',
    'apps/server/src/cli',
  ];
  const isShipped = (path: string) => !/\.test\.ts$|\.bin$|\/testing(?:\/|$)/.test(path.slice(root.length));
  for (const folder of [...folders, 'pnpm-lock.yaml']) {
    await cp(join(root, folder), join(copy, folder), { recursive: true, filter: isShipped });
  }
  const digests = [digestCode()];
  expect(digestCode(copy)).toBe(digests[0]);
  const chat = join(copy, 'packages/core/src/chat');
  const changes = [
    () => writeFile(join(chat, 'gate.ts'), 'export const least = 0.5;\n'),
    () => writeFile(join(chat, 'gate.ts'), 'export const least = 0.6;\n'),
    () => rename(join(chat, 'gate.ts'), join(chat, 'least.ts')),
    () => writeFile(join(copy, 'apps/server/src/cli/run-data-set.ts'), 'export const limit = 1;\n'),
    () => writeFile(join(copy, 'pnpm-lock.yaml'), 'of other dependencies\n'),
  ];
  for (const change of changes) {
    await change();
    digests.push(digestCode(copy));
  }
  expect(new Set(digests).size).toBe(digests.length);
  await writeFile(join(chat, 'gate.test.ts'), '');
  expect(digestCode(copy)).toBe(digests.at(-1));
});
