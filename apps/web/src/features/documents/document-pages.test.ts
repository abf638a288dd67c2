import { expect, test } from 'vitest';
import type { DocumentPage, DocumentView } from '../../views.ts';
import { documentsOf, withAdded, withChanged, withoutDocuments } from './document-pages.ts';

/** `document-1` is the newest. */
function library(count: number): DocumentView[] {
  return Array.from({ length: count }, (_, index) => documentAt(index + 1, Date.UTC(2026, 4, 1) - index * 60_000));
}

function documentAt(number: number, createdAt: number): DocumentView {
  return {
    id: `document-${number}`,
    title: `T${number}`,
    createdAt: new Date(createdAt).toISOString(),
  } as DocumentView;
}

function pageOf(documents: DocumentView[], nextCursor: string | null): DocumentPage {
  return { documents, nextCursor, totalCount: 120 };
}

const all = library(120);
const firstPage = [pageOf(all.slice(0, 100), 'more')];
const everything = [...firstPage, pageOf(all.slice(100), null)];
const ids = (pages: DocumentPage[]) => documentsOf(pages).map(({ id }) => id);

test('a document of a page that is not loaded changes without coming up twice', () => {
  const reread = all.map((document) => ({ ...document, title: `${document.title}, read again` }));
  const afterReload = withAdded(withChanged(firstPage, reread), reread);
  expect(ids(afterReload)).toEqual(all.slice(0, 100).map(({ id }) => id));
  const afterMore = [...afterReload, pageOf(reread.slice(100), null)];
  expect(documentsOf(afterMore)).toEqual(reread);
});

test('a document that is newer than all of them comes first, and is counted', () => {
  const added = [documentAt(121, Date.UTC(2026, 4, 2)), documentAt(122, Date.UTC(2026, 4, 3))];
  const after = withAdded(firstPage, [...added, ...all.slice(110)]);
  expect(ids(after)).toEqual(['document-122', 'document-121', ...all.slice(0, 100).map(({ id }) => id)]);
  expect(after[0]?.totalCount).toBe(122);
  expect(withAdded(after, added)).toBe(after);
});

test('the first document of an empty library is shown', () => {
  expect(ids(withAdded([pageOf([], null)], all.slice(0, 1)))).toEqual(['document-1']);
});

test('a document that comes back stands where it was', () => {
  const without = withoutDocuments(everything, ['document-50', 'document-120']);
  expect(ids(withAdded(without, [all[119]!, all[49]!]))).toEqual(all.map(({ id }) => id));
});

test('a document on two pages is shown once', () => {
  const moved = [pageOf(all.slice(0, 101), 'more'), pageOf(all.slice(100), null)];
  expect(ids(moved)).toEqual(all.map(({ id }) => id));
});

test('what was deleted leaves every page and the count', () => {
  const after = withoutDocuments(everything, ['document-3', 'document-120', 'unknown']);
  expect(ids(after)).toEqual(all.map(({ id }) => id).filter((id) => id !== 'document-3' && id !== 'document-120'));
  expect(after.map(({ totalCount }) => totalCount)).toEqual([118, 118]);
});
