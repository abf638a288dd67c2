import { strFromU8 } from 'fflate';
import { AppError } from '../../app-error.ts';
import type { UnreadFile } from '../parsed-document.ts';
import { openCompoundFile } from './compound-file.ts';
import { embeddedFile } from './embedded-file.ts';
import { isPackage, nameOleObject, type OleObject, readOleObject } from './ole-object.ts';
import type { ParserInput } from './parser-input.ts';
import { isOverBudget } from './read-budget.ts';
import { readRelationships } from './relationships.ts';
import type { ZipArchive } from './zip-archive.ts';

/** Of one document, inflated, to look for names in: what is left of the upload's budget is for its text. */
const NAME_BYTES_MAX = 20 * 1024 * 1024;
/** A longer part is not looked through for what its objects are. */
const PART_BYTES_MAX = 100 * 1024 * 1024;

export interface OfficeEmbeddedFiles {
  /** Looks at what a part of the document embeds; files that it only leads to are none, nor is what charts are made of. */
  add(partPath: string, read: () => Uint8Array | undefined): void;
  /** What to tell of. */
  readonly found: readonly UnreadFile[];
}

/** Finds the files that are embedded in a document of today's Office: by their own name, or by what they are. */
export function openOfficeEmbeddedFiles(archive: ZipArchive, input: ParserInput): OfficeEmbeddedFiles {
  const found: UnreadFile[] = [];
  const met = new Set<string>();
  const readPacked = openPackedObjects(archive, input);

  function nameOf(path: string, progId: string): string | undefined {
    const own = path.split('/').at(-1) ?? path;
    const isPacked = own.endsWith('.bin');
    const isUnclear = isPacked && (progId === '' || isPackage({ progId }));
    const name = nameOleObject({ progId, ...(isUnclear && readPacked(path)) });
    // Programs give each a name with what it is, such as Microsoft_Excel_Worksheet.xlsx.
    return name === undefined || isPacked ? name : own;
  }

  return {
    found,
    add(partPath, read) {
      const objects = readRelationships(archive, partPath, input.fileName).filter(
        ({ type, path, address }) =>
          (type === 'package' || type === 'oleObject') && address === undefined && archive.has(path) && !met.has(path),
      );
      const progIds = objects.length === 0 ? new Map<string, string>() : listProgIds(read());
      for (const { id, path } of objects) {
        met.add(path);
        const name = nameOf(path, progIds.get(id) ?? '');
        if (name !== undefined) found.push(embeddedFile(name));
      }
    },
  };
}

/** Reads what an object is that is a compound file of the archive, within bounds that are those of one document. */
export function openPackedObjects(
  archive: ZipArchive,
  { fileName, budget }: ParserInput,
): (path: string) => OleObject | undefined {
  let bytesLeft = NAME_BYTES_MAX;
  return (path) => {
    const size = archive.sizeOf(path) ?? 0;
    if (size > bytesLeft) return undefined;
    bytesLeft -= size;
    try {
      const bytes = archive.read(path);
      return bytes === undefined ? undefined : readOleObject(openCompoundFile(bytes, fileName, budget), '');
    } catch (error) {
      if (error instanceof AppError && !isOverBudget(error)) return undefined;
      throw error;
    }
  };
}

const object = /<(?:\w{1,20}:)?ole(?:Object|Obj)\b[^<>]{0,2000}>/gi;

/** What the objects of a part are, by the names of their relationships. */
function listProgIds(part: Uint8Array | undefined): Map<string, string> {
  const progIds = new Map<string, string>();
  const xml = part === undefined || part.byteLength > PART_BYTES_MAX ? '' : strFromU8(part);
  for (const [tag] of xml.matchAll(object)) {
    const id = /\s\w{1,20}:id="([^"]{1,100})"/.exec(tag)?.[1];
    const progId = /\sprogid="([^"]{1,100})"/i.exec(tag)?.[1];
    if (id !== undefined && progId !== undefined) progIds.set(id, progId);
  }
  return progIds;
}
