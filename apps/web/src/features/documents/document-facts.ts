import { formatBytes, formatCount, formatDate, formatNumber } from '../../format.ts';
import type { DocumentView } from '../../views.ts';
import { pathOf } from './file-folder.ts';

/** What a list says of a document besides its title; what is unknown is left out. */
export function factsOf(document: DocumentView): string[] {
  const { pageCount, chunkCount } = document.ingestion;
  return [
    document.folder === null && isTitledByFile(document) ? kindOf(document) : pathOf(document),
    formatBytes(document.byteSize),
    pageCount === null ? '' : formatCount(pageCount, pageNoun(document)),
    chunkCount === null ? '' : formatCount(chunkCount, 'passage'),
    formatDate(document.createdAt),
    document.origin === 'sample' ? 'sample' : '',
  ].filter((fact) => fact !== '');
}

/** How many of its pages were read, and what pictures were not looked at; in words, as far as there is something to say. */
export function coverageOf({ mediaType, ingestion }: Pick<DocumentView, 'mediaType' | 'ingestion'>) {
  const { stage, pageCount, pagesRead, pictures } = ingestion;
  // Elsewhere pictures stand among text, several on a page.
  const pictureNoun = /^(?:application\/pdf|image\/.*)$/.test(mediaType ?? '') ? 'page' : 'picture';
  // Until the reading is over these are still to come.
  const leftOut = stage === 'queued' || stage === 'reading' ? 0 : pictures.toRecognise;
  const read = pagesRead - (pictureNoun === 'page' ? leftOut : 0);
  const words = (count: number) => (count > 0 ? formatCount(count, pictureNoun) : null);
  return {
    pages: pageCount === null ? null : pagesWords(read, pageCount),
    recognised: words(pictures.recognised),
    textless: words(pictures.textless),
    leftOut: words(leftOut),
  };
}

function pagesWords(read: number, pageCount: number): string {
  return read === pageCount ? formatNumber(pageCount) : `${formatNumber(read)} of ${formatNumber(pageCount)} read`;
}

/** Whether the title is the file's name; a title from within a file does not tell which file it is. */
function isTitledByFile({ title, fileName }: Pick<DocumentView, 'title' | 'fileName'>): boolean {
  const plain = (name: string) =>
    name
      .toLowerCase()
      .replace(/\.[a-z0-9]{1,5}$/, '')
      .replaceAll(/[\s_-]+/g, ' ');
  return plain(title) === plain(fileName);
}

/** What a page of the document is called: by what it was found to be, as citations call it, whatever its name. */
export function pageNoun({ mediaType }: Pick<DocumentView, 'mediaType'>): 'page' | 'slide' {
  return /presentation|powerpoint/.test(mediaType ?? '') ? 'slide' : 'page';
}

/** "PDF", "DOCX": the kind of file as people call it. */
export function kindOf({ fileName, mediaType }: Pick<DocumentView, 'fileName' | 'mediaType'>): string {
  const extension = /\.([a-z0-9]{1,5})$/i.exec(fileName)?.[1];
  return (extension ?? mediaType?.split('/').at(-1) ?? 'text').toUpperCase();
}
