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

test('what a page sends itself is told by the next one only if it is not sent by then', async () => {
  (await openPage()).keepUnsent(['a.md']);
  const page = await openPage();
  page.keepUnsent(['a.md', 'b.md']);
  page.keepUnsent([]);
  expect((await openPage()).unsentNow()).toEqual(['a.md']);
});

test('whoever signs out leaves no name, neither of what was left before nor of what is under way', async () => {
  (await openPage()).keepUnsent(['before.md']);
  const page = await openPage();
  page.keepUnsent(['now.md']);
  page.forgetAllUnsent();
  expect(page.unsentNow()).toEqual([]);
  expect((await openPage()).unsentNow()).toEqual([]);
});

test('a page that the browser kept tells what was left and dismissed meanwhile, and not what it sends itself', async () => {
  (await openPage()).keepUnsent(['old.md']);
  const kept = await openPage();
  kept.keepUnsent(['own.md']);
  const between = await openPage();
  between.forgetUnsent(['old.md']);
  between.keepUnsent(['new.md']);
  kept.rereadUnsent();
  expect(kept.unsentNow()).toEqual(['new.md']);
  expect(between.unsentNow()).toEqual(['own.md']);
});

test.each([undefined, 'null', '{}', '[1]', 'not JSON'])(
  'with a storage of %s nothing is told, and nothing fails',
  async (text) => {
    if (text === undefined) vi.stubGlobal('sessionStorage', undefined);
    else sessionStorage.setItem('twin.unsent', text);
    const page = await openPage();
    page.keepUnsent(['a.md']);
    page.forgetUnsent(['a.md']);
    expect(page.unsentNow()).toEqual([]);
  },
);
