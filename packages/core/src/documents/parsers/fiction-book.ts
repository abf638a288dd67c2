import { type CanonicalText, createCanonicalText } from '../canonical-text.ts';
import type { BlockKind, ParsedDocument } from '../parsed-document.ts';
import { unreadable } from '../unreadable.ts';
import { addTable } from './add-rows.ts';
import { isDeeperThan } from './is-deeper-than.ts';
import type { ParserInput } from './parser-input.ts';
import { childElements, firstDescendant, nameOf, parseMarkup, textOf, type XmlElement } from './xml-tree.ts';

const proseKinds: Readonly<Record<string, BlockKind>> = { cite: 'quote', epigraph: 'quote' };
const lineNames = new Set(['p', 'v', 'subtitle', 'text-author', 'date']);

/** Parts of chapters, and marks inside of words, are nested a few levels deep. */
const DEPTH_MAX = 200;

/** Reads an e-book in the form of FictionBook: its parts and chapters, with quotes, verses and tables, and its notes at the end. */
export function parseFictionBook(input: ParserInput): ParsedDocument {
  const root = parseMarkup(input.bytes);
  if (root === undefined || isDeeperThan(root, DEPTH_MAX)) throw unreadable(input.fileName, 'corrupt');
  const canonical = createCanonicalText({ fileName: input.fileName, charactersMax: input.limits.charactersMax });
  const about = firstDescendant(root, 'title-info');
  const title = lineOf(firstDescendant(about, 'book-title'));
  const authors = about === undefined ? [] : childElements(about, 'author').map(nameOfAuthor);
  canonical.add({ kind: 'heading', level: 1, text: title });
  canonical.add({ kind: 'paragraph', text: authors.filter(Boolean).join(', ') });
  const annotation = firstDescendant(about, 'annotation');
  if (annotation !== undefined) addContent(canonical, annotation, 'paragraph', 1);
  for (const body of childElements(root, 'body')) addContent(canonical, body, 'paragraph', 1);
  return {
    ...canonical.finish(),
    title: title || null,
    mediaType: 'application/x-fictionbook+xml',
    pageCount: null,
    warnings: [],
  };
}

function addContent(canonical: CanonicalText, parent: XmlElement, kind: BlockKind, level: number): void {
  for (const element of childElements(parent)) {
    const name = nameOf(element);
    if (name === 'title') canonical.add({ kind: 'heading', level, text: linesOf(element).join(' ') });
    else if (name === 'table')
      addTable(
        canonical,
        childElements(element, 'tr').map((row) => childElements(row).map(lineOf)),
      );
    else if (name === 'stanza') canonical.add({ kind, text: linesOf(element).join('\n') });
    else if (lineNames.has(name)) canonical.add({ kind, text: lineOf(element) });
    else addContent(canonical, element, proseKinds[name] ?? kind, name === 'section' ? level + 1 : level);
  }
}

function linesOf(element: XmlElement): string[] {
  return childElements(element).map(lineOf).filter(Boolean);
}

function lineOf(element: XmlElement | undefined): string {
  return textOf(element).replace(/\s+/g, ' ').trim();
}

function nameOfAuthor(author: XmlElement): string {
  const names = ['first-name', 'middle-name', 'last-name'].map((name) => lineOf(childElements(author, name)[0]));
  return names.filter(Boolean).join(' ') || lineOf(childElements(author, 'nickname')[0]);
}
