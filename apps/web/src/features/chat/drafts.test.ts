import { expect, test, vi } from 'vitest';
import { onDraftChange, readDraft, restoreDraft, sendDraft, writeDraft } from './drafts.ts';

// There is no localStorage here, as in a browser that forbids it: drafts then last as long as the page.

test('a refused question comes back into its own conversation, and whoever shows it learns of it', () => {
  const told: string[] = [];
  const end = onDraftChange(() => told.push(readDraft('a')));
  restoreDraft('a', 'Who kept the bees?');
  end();
  expect(readDraft('a')).toBe('Who kept the bees?');
  expect(readDraft(undefined)).toBe('');
  expect(told).toEqual(['Who kept the bees?']);
});

test('it goes in front of what was typed meanwhile, once', () => {
  writeDraft('b', 'And when?');
  restoreDraft('b', 'Who kept the bees?');
  restoreDraft('b', 'Who kept the bees?');
  expect(readDraft('b')).toBe('Who kept the bees?\n\nAnd when?');
});

test('a question that is asked by another button is no draft any more', () => {
  writeDraft('c', 'Who kept the bees?');
  sendDraft('c', 'And when?');
  expect(readDraft('c')).toBe('Who kept the bees?');
  sendDraft('c', 'Who kept the bees?');
  expect(readDraft('c')).toBe('');
});

test('two tabs that write in the same place do not write into each other', () => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => kept.set(key, text),
    removeItem: (key: string) => kept.delete(key),
  });
  writeDraft('d', 'Who kept');
  kept.set('twin.draft.d', 'Where is');
  expect(readDraft('d')).toBe('Who kept');
  kept.set('twin.draft.e', 'typed before the reload');
  expect(readDraft('e')).toBe('typed before the reload');
  vi.unstubAllGlobals();
});
