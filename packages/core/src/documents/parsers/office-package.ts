import { AppError } from '../../app-error.ts';
import { unreadable } from '../unreadable.ts';
import { findMainPart } from './office-main-part.ts';
import type { ParserInput } from './parser-input.ts';
import { properTitle } from './placeholder-title.ts';
import { isOverBudget } from './read-budget.ts';
import { firstDescendant, readXmlPart, textOf } from './xml-tree.ts';
import { openZip, type ZipArchive } from './zip-archive.ts';

/**
 * The XML parts of a Word file (a zip), by path. Pictures and other media are not inflated.
 * @throws AppError `corrupt` or `too-large`.
 */
export function openOfficePackage(input: ParserInput): {
  archive: ZipArchive;
  parts: Map<string, Uint8Array>;
  /** The path of the document's body. */
  mainPart: string;
  title: string | null;
} {
  const { fileName } = input;
  const archive = openZip(input);
  const parts = new Map<string, Uint8Array>();
  for (const path of archive.paths) {
    const part = /\.(?:xml|rels)$/.test(path) ? archive.read(path) : undefined;
    if (part === undefined) continue;
    refuseDoctype(part, fileName);
    parts.set(path, part);
  }
  return {
    archive,
    parts,
    mainPart: findMainPart(archive, 'docx', fileName),
    title: readCoreTitle(archive, fileName),
  };
}

/** Office files never declare a document type; in XML it is how entity bombs are made. */
function refuseDoctype(part: Uint8Array, fileName: string): void {
  if (Buffer.from(part.buffer, part.byteOffset, part.byteLength).includes('<!DOCTYPE')) {
    throw unreadable(fileName, 'corrupt');
  }
}

/** The title an Office file names in its properties; null when it names none, or when they are damaged. */
export function readCoreTitle(archive: ZipArchive, fileName: string): string | null {
  try {
    return properTitle(textOf(firstDescendant(readXmlPart(archive, 'docProps/core.xml', fileName), 'title')));
  } catch (error) {
    if (error instanceof AppError && !isOverBudget(error)) return null;
    throw error;
  }
}
