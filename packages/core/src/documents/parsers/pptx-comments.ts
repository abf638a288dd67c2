import { paragraphText } from './pptx-shapes.ts';
import type { Relationship } from './relationships.ts';
import { childElements, descendants, readXmlPart, textOf, type XmlElement } from './xml-tree.ts';
import type { ZipArchive } from './zip-archive.ts';

/**
 * What people wrote about a slide, replies included, in the order of the file. Older programs keep a comment's text as it
 * is, newer ones as the paragraphs of a shape.
 */
export function readSlideComments(
  archive: ZipArchive,
  relationships: readonly Relationship[],
  fileName: string,
): string[] {
  return relationships
    .filter(({ type }) => type === 'comments')
    .flatMap(({ path }) => {
      const root = readXmlPart(archive, path, fileName);
      if (root === undefined) return [];
      return [...[...descendants(root, 'text')].map(textOf), ...[...descendants(root, 'txBody')].map(bodyText)];
    })
    .filter((text) => text.trim() !== '');
}

function bodyText(body: XmlElement): string {
  return childElements(body, 'p')
    .map((paragraph) => paragraphText(paragraph))
    .join('\n');
}
