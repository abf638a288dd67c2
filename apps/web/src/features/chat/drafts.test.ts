import { expect, test, vi } from 'vitest';
import { draftsOf, onDraftChange } from './drafts.ts';

const drafts = draftsOf.owner;

// There is no localStorage here, as in a browser that forbids it: drafts then last as long as the page.

test('a refused question comes back into its own conversation, and whoever shows it learns of it', () => {
  const told: string[] = [];
  const end = onDraftChange(() => told.push(drafts.read('a')));
  drafts.restore('a', 'Who kept the bees?');
  end();
  expect(drafts.read('a')).toBe('Who kept the bees?');
  expect(drafts.read(undefined)).toBe('');
  expect(told).toEqual(['Who kept the bees?']);
});

test('it goes in front of what was typed meanwhile, once', () => {
  drafts.write('b', 'And when?');
  drafts.restore('b', 'Who kept the bees?');
  drafts.restore('b', 'Who kept the bees?');
  expect(drafts.read('b')).toBe('Who kept the bees?\n\nAnd when?');
});

test('a question that is asked by another button is no draft any more', () => {
  drafts.write('c', 'Who kept the bees?');
  drafts.send('c', 'And when?');
  expect(drafts.read('c')).toBe('Who kept the bees?');
  drafts.send('c', 'Who kept the bees?');
  expect(drafts.read('c')).toBe('');
});

test('two tabs that write in the same place do not write into each other', () => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => kept.set(key, text),
    removeItem: (key: string) => kept.delete(key),
  });
  drafts.write('d', 'Who kept');
  kept.set('twin.draft.d', 'Where is');
  expect(drafts.read('d')).toBe('Who kept');
  kept.set('twin.draft.e', 'typed before the reload');
  expect(drafts.read('e')).toBe('typed before the reload');
  vi.unstubAllGlobals();
});

test('a visitor finds nothing that the owner typed in the same browser, and leaves nothing there', () => {
  const kept: Record<string, string> = {};
  vi.stubGlobal('localStorage', kept);
  Object.defineProperties(kept, {
    getItem: { value: (key: string) => kept[key] ?? null },
    setItem: { value: (key: string, text: string) => void (kept[key] = text) },
    removeItem: { value: (key: string) => delete kept[key] },
  });
  drafts.write(undefined, 'Is the house sold?');
  expect(draftsOf.visitor.read(undefined)).toBe('');
  draftsOf.visitor.write(undefined, 'Who are you?');
  draftsOf.visitor.write('f', 'And when?');
  kept['twin.visitor-draft.g'] = 'of another tab';
  draftsOf.visitor.clear();
  expect(kept).toEqual({ 'twin.draft.new': 'Is the house sold?' });
  expect(draftsOf.visitor.read('f')).toBe('');
  vi.unstubAllGlobals();
});
