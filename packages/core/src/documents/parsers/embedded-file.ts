import type { ParsedFile, UnreadFile } from '../parsed-document.ts';

const WHY = 'is embedded in the document. Open it there, save it on its own, and upload that.';

/** A file that somebody put into a document of an office program, to tell of: it is not read. */
export function embeddedFile(name: string): UnreadFile {
  return { inside: [name], why: WHY };
}

export function holdsEmbeddedFiles({ warnings }: Pick<ParsedFile, 'warnings'>): boolean {
  return warnings.some((warning) => typeof warning !== 'string' && warning.why === WHY);
}
