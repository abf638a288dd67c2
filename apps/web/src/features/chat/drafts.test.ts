import { expect, test } from 'vitest';
import { onDraftChange, readDraft, restoreDraft, sendDraft, writeDraft } from './drafts.ts';

// There is no localStorage here, as in a browser that forbids it: drafts then last as long as the page.

test('a refused question comes back into its own conversation, and whoever shows it learns of it', () => {
  const told: unknown[] = [];
  const end = onDraftChange((...change) => told.push(change));
  restoreDraft('a', 'Who kept the bees?');
  end();
  expect(readDraft('a')).toBe('Who kept the bees?');
  expect(readDraft(undefined)).toBe('');
  expect(told).toEqual([['a', 'Who kept the bees?']]);
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
