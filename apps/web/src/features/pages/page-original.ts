import type { TextPlace } from './first-page.ts';

/** A place of an original that is shown as its pages look. */
export interface PageOriginal {
  documentId: string;
  versionId: number;
  title: string;
  /** What is marked, on whichever page it stands. */
  place: TextPlace;
  /** The words that are marked, for those who do not see them. */
  words: string;
  /** The page that it begins on. */
  firstPage: number;
}

/** Where the picture of a page is. */
export function pictureAddress({ documentId, versionId }: PageOriginal, page: number): string {
  return `/api/documents/${encodeURIComponent(documentId)}/pages/${page}?version=${versionId}`;
}
