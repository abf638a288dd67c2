import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { memoryStorage } from '../../testing/memory-storage.ts';
import { endAdding, forgetPages, forgetSites, keepPages } from './kept-site.ts';

beforeEach(() => {
  vi.stubGlobal('localStorage', memoryStorage());
  vi.stubGlobal('sessionStorage', memoryStorage());
});

afterEach(() => {
  vi.unstubAllGlobals();
});

const left = () => {
  const text = localStorage.getItem('twin.site');
  return text === null ? null : (JSON.parse(text) as { addresses: string[]; total: number });
};

test('pages are kept until they are here, and nothing is kept of a site that is', () => {
  keepPages(['a', 'b']);
  forgetPages(['a']);
  expect(left()).toMatchObject({ addresses: ['b'], total: 2 });
  forgetPages(['b']);
  endAdding();
  expect(left()).toBeNull();
});

test('a second site leaves the pages that are left of the first, and takes none of them with it', () => {
  keepPages(['a1', 'a2']);
  endAdding();
  keepPages(['b1', 'b2']);
  expect(left()).toMatchObject({ addresses: ['a1', 'a2', 'b1', 'b2'], total: 4 });
  // Stopped.
  forgetPages(['b1', 'b2']);
  endAdding();
  expect(left()?.addresses).toEqual(['a1', 'a2']);
});

test('whoever signs out leaves no page of any site to whoever signs in next', () => {
  keepPages(['a1', 'a2']);
  endAdding();
  keepPages(['b']);
  forgetSites();
  endAdding();
  expect(left()).toBeNull();
  expect(sessionStorage.getItem('twin.site')).toBeNull();
});
