import { ElementType, parseDocument } from 'htmlparser2';
import { unreadable } from '../unreadable.ts';
import { decodeText } from './decode-text.ts';
import { type HtmlElement, type HtmlNode, isText } from './html-node.ts';
import { withoutInternalSubset } from './internal-subset.ts';
import type { ZipArchive } from './zip-archive.ts';

export type XmlElement = HtmlElement;

/**
 * The root element of an XML part of an archive; undefined when there is no such part. Entities of its own making are
 * never expanded, and a part that declares any is refused: that is how entity bombs are made.
 */
export function readXmlPart(archive: ZipArchive, path: string, fileName: string): XmlElement | undefined {
  const bytes = archive.read(path);
  return bytes === undefined ? undefined : parseXml(bytes, fileName);
}

/** @throws AppError `corrupt` for declarations in a document type, or when the bytes hold no XML element. */
function parseXml(bytes: Uint8Array, fileName: string): XmlElement {
  const nodes = readNodes(decodeText(bytes) ?? '');
  const root = rootOf(nodes);
  if (root === undefined || nodes.some(declaresEntities)) throw unreadable(fileName, 'corrupt');
  return root;
}

/** OpenOffice of 2005 named a document type, which nothing fetches. Only one with declarations of its own is suspect. */
function declaresEntities(node: HtmlNode): boolean {
  return node.type === ElementType.Directive && /^!doctype/i.test(node.data) && /[[<]|!entity/i.test(node.data);
}

/** The root element of markup that is expected to declare its document type, such as XHTML. */
export function parseMarkup(bytes: Uint8Array): XmlElement | undefined {
  return rootOf(readNodes(withoutInternalSubset(decodeText(bytes) ?? '')));
}

function readNodes(markup: string): HtmlNode[] {
  return parseDocument(markup, { xmlMode: true }).children;
}

function rootOf(nodes: readonly HtmlNode[]): XmlElement | undefined {
  return nodes.find((node) => 'attribs' in node);
}

/** An element's name without its namespace prefix, which every writer may choose anew. */
export function nameOf(node: HtmlNode): string {
  return 'attribs' in node ? withoutPrefix(node.name) : '';
}

export function withoutPrefix(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

export function attributeOf(element: XmlElement, name: string): string | undefined {
  for (const [key, value] of Object.entries(element.attribs)) if (withoutPrefix(key) === name) return value;
  return undefined;
}

export function childElements(parent: XmlElement, name?: string): XmlElement[] {
  return parent.children.filter(
    (child) => 'attribs' in child && (name === undefined || nameOf(child) === name),
  ) as XmlElement[];
}

/** All descendants of that name in document order, those inside of each other included. */
export function* descendants(parent: XmlElement, name: string): Generator<XmlElement> {
  for (const child of parent.children) {
    if (!('attribs' in child)) continue;
    if (nameOf(child) === name) yield child;
    yield* descendants(child, name);
  }
}

export function firstDescendant(parent: XmlElement | undefined, name: string): XmlElement | undefined {
  return parent === undefined ? undefined : (descendants(parent, name).next().value ?? undefined);
}

export function textOf(node: HtmlNode | undefined): string {
  if (node === undefined) return '';
  if (isText(node)) return node.data;
  return 'children' in node ? node.children.map(textOf).join('') : '';
}
