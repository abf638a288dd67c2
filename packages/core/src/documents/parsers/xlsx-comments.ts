import { readRelationships } from './relationships.ts';
import { attributeOf, descendants, firstDescendant, readXmlPart, textOf } from './xml-tree.ts';
import type { ZipArchive } from './zip-archive.ts';

/** What people wrote about the cells of a sheet: `Comment on B3: text`, in the order of the file. */
export function readSheetComments(archive: ZipArchive, sheetPath: string, fileName: string): string[] {
  const relationships = readRelationships(archive, sheetPath, fileName);
  const pathsOf = (type: string) => relationships.filter((other) => other.type === type).map(({ path }) => path);
  // Conversations are kept twice: the comments beside them are for older programs, and say so in many words.
  const threads = pathsOf('threadedComment').flatMap((path) =>
    readComments(archive, path, fileName, 'threadedComment'),
  );
  if (threads.length > 0) return threads;
  return pathsOf('comments').flatMap((path) => readComments(archive, path, fileName, 'comment'));
}

function readComments(archive: ZipArchive, path: string, fileName: string, name: string): string[] {
  const root = readXmlPart(archive, path, fileName);
  return [...(root === undefined ? [] : descendants(root, name))].flatMap((comment) => {
    const text = textOf(firstDescendant(comment, 'text')).trim();
    return text === '' ? [] : [`Comment on ${attributeOf(comment, 'ref') ?? 'a cell'}: ${text}`];
  });
}
