import type { CanonicalText } from '../canonical-text.ts';
import type { BlockKind } from '../parsed-document.ts';
import { addTable } from './add-rows.ts';
import { isText } from './html-node.ts';
import { withAddress } from './link-address.ts';
import type { OpenDocumentNumbers, OpenList } from './open-document-numbers.ts';
import { readOpenDocumentRows } from './open-document-rows.ts';
import { attributeOf, childElements, descendants, nameOf, textOf, type XmlElement } from './xml-tree.ts';

type XmlNode = XmlElement['children'][number];

/** Deleted text that is kept for its history, declarations, and forms: nothing of it is shown. */
const unseen = new Set([
  'tracked-changes',
  'forms',
  'sequence-decls',
  'variable-decls',
  'user-field-decls',
  'event-listeners',
]);

interface Place {
  canonical: CanonicalText;
  page?: number | undefined;
  kind?: BlockKind;
  /** Names of the styles of the title. */
  titleStyles?: ReadonlySet<string>;
  numbers?: OpenDocumentNumbers;
  /** The list that is being read. */
  list?: OpenList;
  /** What stands before the first paragraph of an item, which takes it. */
  label?: { text: string };
}

/**
 * Adds headings, paragraphs, lists, tables and text boxes of a text document, or of one slide, in their order.
 * @param except a child that has been read already.
 */
export function addOpenDocumentText(place: Place, parent: XmlElement, except?: XmlElement): void {
  for (const element of childElements(parent)) {
    const name = nameOf(element);
    if (unseen.has(name) || element === except) continue;
    if (name === 'h') addParagraph(place, element, 'heading');
    else if (name === 'p')
      addParagraph(place, element, isTitle(place, element) ? 'heading' : (place.kind ?? 'paragraph'));
    else if (name === 'list') addList(place, element);
    else if (name === 'table')
      addTable(place.canonical, [...readOpenDocumentRows(element, paragraphsText)], { page: place.page });
    else if (name === 'notes') addNotes(place, element);
    else addOpenDocumentText(place, element);
  }
}

function addList(place: Place, list: XmlElement): void {
  const { numbers } = place;
  if (numbers === undefined) return addOpenDocumentText({ ...place, kind: 'list-item' }, list);
  const open = numbers.openList(list, place.list);
  for (const item of childElements(list)) {
    const label = { text: numbers.labelOfItem(open, item) };
    addOpenDocumentText({ ...place, kind: 'list-item', list: open, label }, item);
  }
}

function isTitle({ titleStyles }: Place, paragraph: XmlElement): boolean {
  return titleStyles?.has(attributeOf(paragraph, 'style-name') ?? '') === true;
}

/** Writers name the style of a title alike in every language; what is changed about one of its paragraphs makes a style of its own. */
export function listTitleStyles(document: XmlElement | undefined): Set<string> {
  const styles = new Set(['Title']);
  for (const style of document === undefined ? [] : descendants(document, 'style')) {
    if (attributeOf(style, 'parent-style-name') === 'Title') styles.add(attributeOf(style, 'name') ?? '');
  }
  return styles;
}

function addParagraph(place: Place, element: XmlElement, kind: BlockKind): void {
  const { canonical, page } = place;
  const asides: string[] = [];
  const shown = inlineText(element, asides);
  const text = shown.trim() === '' ? '' : `${takeLabel(place, element)}${shown}`;
  const level = kind === 'heading' ? Number(attributeOf(element, 'outline-level') ?? 1) : undefined;
  canonical.add({ kind, text, level, page });
  for (const aside of asides) canonical.add({ kind: 'paragraph', text: aside, page });
}

/** Its number, as in a list or of a heading. */
function takeLabel({ label, numbers }: Place, element: XmlElement): string {
  const isNumbered = numbers !== undefined && label === undefined && nameOf(element) === 'h';
  const text = isNumbered ? numbers.labelOfHeading(element) : (label?.text ?? '');
  if (label !== undefined) label.text = '';
  return text === '' ? '' : `${text} `;
}

function addNotes(place: Place, notes: XmlElement): void {
  const text = paragraphsText(notes);
  if (text.trim() === '') return;
  place.canonical.add({ kind: 'heading', level: 2, text: 'Notes', page: place.page });
  place.canonical.add({ kind: 'paragraph', text, page: place.page });
}

/** The paragraphs below an element, one a line. */
export function paragraphsText(element: XmlElement): string {
  const lines: string[] = [];
  for (const child of childElements(element)) {
    const name = nameOf(child);
    if (name === 'annotation' || name === 'page-number') continue;
    lines.push(name === 'p' || name === 'h' ? inlineText(child, []) : paragraphsText(child));
  }
  return lines.filter((line) => line !== '').join('\n');
}

/** What is written in a cell of a sheet. What is fastened to it stands beside: comments, text boxes, pictures. */
export function cellText(cell: XmlElement, asides: string[]): string {
  const lines: string[] = [];
  for (const child of childElements(cell)) {
    const name = nameOf(child);
    if (name === 'p' || name === 'h') lines.push(inlineText(child, asides));
    else asides.push(name === 'annotation' ? `Comment: ${paragraphsText(child)}` : paragraphsText(child));
  }
  return lines.filter((line) => line !== '').join('\n');
}

/** Text of a paragraph as shown. Notes and comments are named where they stand and told after it. */
function inlineText(node: XmlNode, asides: string[]): string {
  if (isText(node)) return node.data.replace(/\s+/g, ' ');
  if (!('attribs' in node)) return '';
  switch (nameOf(node)) {
    case 's':
      return ' '.repeat(Math.min(100, Number(attributeOf(node, 'c') ?? 1) || 1));
    case 'tab':
      return '\t';
    // A field, of which the file keeps what a program showed last: of a page, or of nothing.
    case 'page-number':
    // How the characters beside it are spoken.
    case 'ruby-text':
      return '';
    case 'line-break':
      return '\n';
    case 'note': {
      const mark = textOf(childElements(node, 'note-citation')[0]);
      asides.push(`[${mark}] ${childElements(node, 'note-body').map(paragraphsText).join(' ')}`);
      return `[${mark}]`;
    }
    case 'annotation':
      asides.push(`Comment: ${paragraphsText(node)}`);
      return '';
    case 'text-box':
      asides.push(paragraphsText(node));
      return '';
    case 'a':
      return withAddress(innerText(node, asides), attributeOf(node, 'href'));
    default:
      return innerText(node, asides);
  }
}

function innerText(node: XmlElement, asides: string[]): string {
  return node.children.map((child) => inlineText(child, asides)).join('');
}
