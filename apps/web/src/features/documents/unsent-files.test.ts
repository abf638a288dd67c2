import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { memoryStorage } from '../../testing/memory-storage.ts';

beforeEach(() => {
  vi.stubGlobal('sessionStorage', memoryStorage());
});

afterEach(() => {
  vi.unstubAllGlobals();
});

/** A page that is opened anew in the same tab. */
async function openPage(): Promise<typeof import('./unsent-files.ts')> {
  vi.resetModules();
  return await import('./unsent-files.ts');
}

test('what a page was left with is told by the next one in its tab, until it is chosen again', async () => {
  const before = await openPage();
  before.keepUnsent(['notes/a.md', 'b.md']);
  expect(before.unsentNow()).toEqual([]);

  const after = await openPage();
  expect(after.unsentNow()).toEqual(['notes/a.md', 'b.md']);
  after.forgetUnsent(['b.md', 'new.md']);
  expect(after.unsentNow()).toEqual(['notes/a.md']);
  expect((await openPage()).unsentNow()).toEqual(['notes/a.md']);
});

test('a page that comes back into sight still sends its files itself, and takes nothing from those left before', async () => {
  (await openPage()).keepUnsent(['a.md']);
  const page = await openPage();
  page.keepUnsent(['a.md', 'b.md']);
  page.keepUnsent([]);
  expect((await openPage()).unsentNow()).toEqual(['a.md']);
});

test('without a storage nothing is told, and nothing fails', async () => {
  vi.stubGlobal('sessionStorage', undefined);
  const page = await openPage();
  page.keepUnsent(['a.md']);
  page.forgetUnsent(['a.md']);
  expect(page.unsentNow()).toEqual([]);
});
