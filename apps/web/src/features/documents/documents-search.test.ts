import { expect, test } from 'vitest';
import { isFiltered, parseDocumentsSearch, toListInput } from './documents-search.ts';

const id = '01234567-89ab-4cde-8f01-23456789abcd';

test('an address says what the list shows; what means nothing is left out', () => {
  expect(parseDocumentsSearch({ text: 'bees', state: 'failed', collection: id, tag: 'x', order: 'title' })).toEqual({
    text: 'bees',
    state: 'failed',
    collection: id,
    tag: 'x',
    order: 'title',
  });
  expect(parseDocumentsSearch({ text: '  ', state: 'lost', collection: '7', tag: 3, order: 'newest' })).toEqual({});
});

test('only what narrows the list is sent as a filter', () => {
  expect(toListInput({})).toEqual({ limit: 100 });
  expect(toListInput({ order: 'title' })).toEqual({ limit: 100, order: 'title' });
  expect(toListInput({ text: ' bees ', collection: id, tag: 'x' })).toEqual({
    limit: 100,
    filter: { text: 'bees', collectionId: id, tags: ['x'] },
  });
  expect(isFiltered({ order: 'title' })).toBe(false);
  expect(isFiltered({ tag: 'x' })).toBe(true);
});
