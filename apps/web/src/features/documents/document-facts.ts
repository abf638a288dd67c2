import { formatBytes, formatCount, formatDate } from '../../format.ts';
import type { DocumentView } from '../../views.ts';

/** What a list says of a document besides its title; what is unknown is left out. */
export function factsOf(document: DocumentView): string[] {
  const { pageCount, chunkCount } = document.ingestion;
  return [
    isTitledByFile(document) ? kindOf(document) : document.fileName,
    formatBytes(document.byteSize),
    pageCount === null ? '' : formatCount(pageCount, pageNoun(document)),
    chunkCount === null ? '' : formatCount(chunkCount, 'passage'),
    formatDate(document.createdAt),
    document.origin === 'sample' ? 'sample' : '',
  ].filter((fact) => fact !== '');
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
  return /presentation/.test(mediaType ?? '') ? 'slide' : 'page';
}

/** "PDF", "DOCX": the kind of file as people call it. */
export function kindOf({ fileName, mediaType }: Pick<DocumentView, 'fileName' | 'mediaType'>): string {
  const extension = /\.([a-z0-9]{1,5})$/i.exec(fileName)?.[1];
  return (extension ?? mediaType?.split('/').at(-1) ?? 'text').toUpperCase();
}
