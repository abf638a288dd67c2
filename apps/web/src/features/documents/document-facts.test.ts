import { expect, test } from 'vitest';
import type { DocumentView } from '../../views.ts';
import { factsOf, kindOf } from './document-facts.ts';

function documentOf(title: string, fileName: string): DocumentView {
  return {
    title,
    fileName,
    mediaType: 'application/pdf',
    byteSize: 2048,
    origin: 'upload',
    createdAt: '2026-05-01T12:00:00.000Z',
    ingestion: { pageCount: 12, chunkCount: 40 },
  } as DocumentView;
}

test('the file is named where the title is not its name, else its kind', () => {
  expect(factsOf(documentOf('Keeping bees', 'scan-0042.pdf'))[0]).toBe('scan-0042.pdf');
  expect(factsOf(documentOf('scan 0042', 'scan-0042.pdf'))[0]).toBe('PDF');
  expect(factsOf(documentOf('Keeping bees', 'scan-0042.pdf'))).toEqual(
    expect.arrayContaining(['2.0 kB', '12 pages', '40 passages']),
  );
});

test('a presentation has slides', () => {
  const mediaType = 'application/vnd.openxmlformats-officedocument.presentationml.presentation';
  expect(factsOf({ ...documentOf('Bees', 'bees.pptx'), mediaType })).toContain('12 slides');
  expect(factsOf({ ...documentOf('Bees', 'download'), mediaType })).toContain('12 slides');
});

test('a file’s kind is its extension, else its type', () => {
  expect(kindOf({ fileName: 'Lease.final.pdf', mediaType: 'application/pdf' })).toBe('PDF');
  expect(kindOf({ fileName: 'doc-1', mediaType: 'text/plain' })).toBe('PLAIN');
});
