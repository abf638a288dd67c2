import { expect, test } from 'vitest';
import type { DocumentView } from '../../views.ts';
import { coverageOf, factsOf, kindOf } from './document-facts.ts';

function documentOf(title: string, fileName: string): DocumentView {
  return {
    title,
    fileName,
    folder: null,
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
  const old = { ...documentOf('Bees', 'bees.ppt'), mediaType: 'application/vnd.ms-powerpoint' };
  expect(factsOf(old)).toContain('12 slides');
});

test('a file’s kind is its extension, else its type', () => {
  expect(kindOf({ fileName: 'Lease.final.pdf', mediaType: 'application/pdf' })).toBe('PDF');
  expect(kindOf({ fileName: 'doc-1', mediaType: 'text/plain' })).toBe('PLAIN');
});

test('a file of a folder is told with the folder, also where its name is its title', () => {
  expect(factsOf({ ...documentOf('README', 'README.md'), folder: 'docs/guide' })[0]).toBe('docs/guide/README.md');
});

function coverage(ingestion: Partial<DocumentView['ingestion']>, mediaType = 'application/pdf') {
  const pictures = { recognised: 0, toRecognise: 0, textless: 0 };
  const whole = { stage: 'ready', pageCount: 12, pagesRead: 12, pictures, ...ingestion };
  return coverageOf({ mediaType, ingestion: whole as DocumentView['ingestion'] });
}

test('coverage tells of pages that were not read and pictures that were not looked at', () => {
  expect(coverage({})).toEqual({ pages: '12', recognised: null, textless: null, leftOut: null });
  expect(coverage({ pictures: { recognised: 4, toRecognise: 3, textless: 1 } })).toEqual({
    pages: '9 of 12 read',
    recognised: '4 pages',
    textless: '1 page',
    leftOut: '3 pages',
  });
  const docx = coverage({ pageCount: null, pictures: { recognised: 0, toRecognise: 2, textless: 0 } }, 'text/markdown');
  expect(docx).toMatchObject({ pages: null, leftOut: '2 pictures' });
  expect(coverage({ stage: 'failed', pagesRead: 5 }).pages).toBe('5 of 12 read');
});

test('while it is read, what is still to be recognised is not left out', () => {
  const pictures = { recognised: 1, toRecognise: 12, textless: 0 };
  expect(coverage({ stage: 'reading', pictures })).toMatchObject({ pages: '12', leftOut: null });
});
