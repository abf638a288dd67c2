import { posix } from 'node:path';
import type { UnreadFile } from '../parsed-document.ts';
import { embeddedFile } from './embedded-file.ts';
import { openPackedObjects } from './office-embedded-files.ts';
import { nameOleObject } from './ole-object.ts';
import type { ParserInput } from './parser-input.ts';
import {
  attributeOf,
  childElements,
  descendants,
  firstDescendant,
  nameOf,
  readXmlPart,
  type XmlElement,
} from './xml-tree.ts';
import type { ZipArchive } from './zip-archive.ts';

const kinds: ReadonlyMap<string, string> = new Map(
  ['text', 'spreadsheet', 'presentation', 'drawing'].map((kind) => [kind, `OpenDocument ${kind}`]),
);

/** The files that are embedded in an OpenDocument: documents of their own, but charts and formulas, and objects of other programs. */
export function listOpenDocumentEmbeddedFiles(
  content: XmlElement,
  archive: ZipArchive,
  input: ParserInput,
): UnreadFile[] {
  const readPacked = openPackedObjects(archive, input);
  const found: UnreadFile[] = [];
  const met = new Set<string>();
  const add = (object: XmlElement, nameAt: (path: string) => string | undefined) => {
    const path = posix.normalize(attributeOf(object, 'href') ?? '').replace(/\/$/, '');
    if (met.has(path)) return;
    met.add(path);
    const name = nameAt(path);
    if (name !== undefined) found.push(embeddedFile(name));
  };
  for (const object of descendants(content, 'object'))
    add(object, (path) => {
      const body = firstDescendant(readXmlPart(archive, `${path}/content.xml`, input.fileName), 'body');
      const [document] = body === undefined ? [] : childElements(body);
      return document === undefined ? undefined : kinds.get(nameOf(document));
    });
  for (const object of descendants(content, 'object-ole'))
    add(object, (path) => (archive.has(path) ? nameOleObject(readPacked(path) ?? { progId: '' }) : undefined));
  return found;
}
