import { expect, test } from 'vitest';
import { mapVector } from './map-vector.ts';

const vector = [1, 0];

test.each([
  ['data', { data: 'Bees dance.', metadata: { text: 'other' } }],
  ['metadata content', { metadata: { content: 'Bees dance.', text: 'other' } }],
  ['metadata text', { metadata: { text: ' Bees dance.\n' } }],
  ['metadata pageContent', { metadata: { pageContent: 'Bees dance.' } }],
])('the text is taken from %s', (_where, parts) => {
  expect(mapVector('', { id: 'v', vector, ...parts })).toMatchObject({ outcome: 'passage', content: 'Bees dance.' });
});

test.each([
  ['nothing', {}],
  ['blank data', { data: ' \n' }],
  ['a text that is not one', { metadata: { text: 7 } }],
])('a vector with %s is left out and says why', (_what, parts) => {
  expect(mapVector('', { id: 'v', vector, ...parts })).toEqual({ outcome: 'skipped: no text' });
});

test.each([
  ['its id', 'guide-chunk-3', { documentId: 'other', chunkIndex: 9 }, 'guide-chunk-3', 'guide'],
  ['its metadata', 'x1', { documentId: 'guide', chunkIndex: 0 }, 'guide-chunk-0', 'guide'],
  ['metadata in another spelling', 'x1', { doc_id: 'guide', chunk_index: '4' }, 'guide-chunk-4', 'guide'],
  ['itself, when half is missing', 'x1', { documentId: 'guide' }, 'x1', 'x1'],
  ['itself, when the number is none', 'x1', { documentId: 'guide', chunkIndex: -1 }, 'x1', 'x1'],
])('its document is told by %s', (_how, id, metadata, expectedId, documentId) => {
  expect(mapVector('', { id, vector, data: 'Text', metadata })).toMatchObject({ id: expectedId, documentId });
});

test('title, source and author: the title names the document, all three stay findable', () => {
  const metadata = { title: 'Bees', source: 'bees.md', author: 'Ada' };
  expect(mapVector('', { id: 'v', vector, data: 'Text', metadata })).toMatchObject({ title: 'Bees', metadata });
  expect(mapVector('', { id: 'v', vector, data: 'Text', metadata: { source: 'bees.md' } })).toMatchObject({
    title: 'bees.md',
  });
});

test('equal ids of two namespaces stay two passages', () => {
  const source = { id: 'v-chunk-1', vector, data: 'Text' };
  expect(mapVector('notes', source)).toMatchObject({ id: 'notes/v-chunk-1', metadata: { namespace: 'notes' } });
  expect(mapVector('', source)).toMatchObject({ id: 'v-chunk-1', metadata: {} });
});

test('what Postgres cannot store is taken out, and an id that is too long is cut to one of its own', () => {
  const long = 'x'.repeat(300);
  const mapped = [`${long}a`, `${long}b`].map((id) => mapVector('', { id, vector, data: 'a\0b\ud800' }));
  expect(mapped[0]).toMatchObject({ content: 'ab\ufffd' });
  const ids = mapped.map((item) => (item.outcome === 'passage' ? item.id : ''));
  expect(new Set(ids).size).toBe(2);
  expect(ids.every((id) => id.length <= 200)).toBe(true);
});
