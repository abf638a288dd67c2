import { posix } from 'node:path';
import { attributeOf, childElements, readXmlPart } from './xml-tree.ts';
import type { ZipArchive } from './zip-archive.ts';

export interface Relationship {
  id: string;
  /** The last part of the type's address, such as `slide` or `notesSlide`. */
  type: string;
  /** Path of the part meant. Names outside the archive lead to no part. */
  path: string;
  /** The address meant, where it leads out of the file. */
  address?: string;
}

/** The parts that a part of an Office file refers to; those of the file as a whole for the path ''. */
export function readRelationships(archive: ZipArchive, partPath: string, fileName: string): Relationship[] {
  const folder = posix.dirname(partPath);
  const root = readXmlPart(archive, posix.join(folder, '_rels', `${posix.basename(partPath)}.rels`), fileName);
  return (root === undefined ? [] : childElements(root, 'Relationship')).map((relationship) => {
    const target = attributeOf(relationship, 'Target') ?? '';
    return {
      id: attributeOf(relationship, 'Id') ?? '',
      type: (attributeOf(relationship, 'Type') ?? '').split('/').at(-1) ?? '',
      path: target.startsWith('/') ? target.slice(1) : posix.join(folder, target),
      ...(attributeOf(relationship, 'TargetMode') === 'External' && { address: target }),
    };
  });
}
