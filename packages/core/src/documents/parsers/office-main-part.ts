import { AppError } from '../../app-error.ts';
import { readRelationships } from './relationships.ts';
import type { ZipArchive } from './zip-archive.ts';

/** Where every program puts it; the name is not required, and some put it elsewhere. */
export const usualMainParts = {
  docx: 'word/document.xml',
  xlsx: 'xl/workbook.xml',
  pptx: 'ppt/presentation.xml',
} as const;

/** The main part of an Office file: the one its relationships name, else the usual one. */
export function findMainPart(archive: ZipArchive, format: keyof typeof usualMainParts, fileName: string): string {
  const usual = usualMainParts[format];
  return archive.has(usual) ? usual : (namedMainPart(archive, fileName) ?? usual);
}

/** The part that the file says is its document; undefined when it says nothing, or nothing that can be read. */
export function namedMainPart(archive: ZipArchive, fileName: string): string | undefined {
  try {
    const main = readRelationships(archive, '', fileName).find(({ type }) => type === 'officeDocument');
    return main !== undefined && archive.has(main.path) ? main.path : undefined;
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}
