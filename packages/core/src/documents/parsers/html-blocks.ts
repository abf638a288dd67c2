import type { CanonicalText } from '../canonical-text.ts';
import type { BlockKind } from '../parsed-document.ts';
import { addTable } from './add-rows.ts';
import { type ListStyles, labelOfItem, readListStyles } from './html-list-styles.ts';
import { blockTags, type HtmlElement, type HtmlNode, isText, isUnseen, visibleText } from './html-node.ts';
import { readTable } from './html-table.ts';
import { withoutInternalSubset } from './internal-subset.ts';
import { withAddress } from './link-address.ts';
import { formatNumber } from './number-formats.ts';
import { parseShallow } from './parse-shallow.ts';

/** Where the walk is: text of the open block, and what kind of block it will be. */
interface Walk {
  canonical: CanonicalText;
  kind: BlockKind;
  /** In pieces, so that a link of a long block costs no more than its own. */
  text: string[];
  /** Number of an ordered list's item, put before the item's first text. */
  marker: string;
  /** Those of the items of ordered lists, a list at a time. */
  numbers: Map<HtmlNode, number>;
  listStyles: ListStyles;
  /** Of lists that the style sheet numbers, by class. */
  styled: Map<string, number>;
}

/** Adds the blocks a person sees in a piece of HTML. Scripts and styles are left out; links keep their address. */
export function addHtmlBlocks(canonical: CanonicalText, html: string): void {
  addHtmlNodes(canonical, parseHtmlNodes(html, 'html'), readListStyles(html));
}

export function parseHtmlNodes(html: string, syntax: 'html' | 'xhtml'): HtmlNode[] {
  return parseShallow(withoutInternalSubset(html), { recognizeSelfClosing: syntax === 'xhtml' });
}

/** The same of a piece that is parsed already. */
export function addHtmlNodes(
  canonical: CanonicalText,
  nodes: readonly HtmlNode[],
  listStyles: ListStyles = new Map(),
): void {
  const numbers = new Map<HtmlNode, number>();
  const walk: Walk = { canonical, kind: 'paragraph', text: [], marker: '', numbers, listStyles, styled: new Map() };
  visitAll(walk, nodes);
  endBlock(walk);
}

function visitAll(walk: Walk, nodes: readonly HtmlNode[]): void {
  for (const node of nodes) visit(walk, node);
}

function visit(walk: Walk, node: HtmlNode): void {
  if (isText(node)) {
    walk.text.push(node.data.replace(/\s+/g, ' '));
    return;
  }
  if (!('attribs' in node) || isUnseen(node)) return;
  // Where a page of Confluence stands, above its title.
  if (node.name === 'ol' && node.attribs['id'] === 'breadcrumbs') return;
  const level = levelOf(node);
  if (level !== undefined) {
    endBlock(walk);
    walk.canonical.add({ kind: 'heading', level, text: visibleText(node) });
  } else if (node.name === 'br') walk.text.push('\n');
  else if (node.name === 'math' || node.name === 'input') walk.text.push(visibleText(node));
  else if (node.name === 'pre') {
    endBlock(walk);
    walk.canonical.add({ kind: 'code', text: visibleText(node, 'as-written') });
  } else if (node.name === 'table') visitTable(walk, node);
  else if (node.name === 'a') visitLink(walk, node);
  else if (node.name === 'li') visitAs(walk, node, 'list-item', markerOf(walk, node));
  else if (node.name === 'blockquote') visitAs(walk, node, 'quote', '');
  else if (blockTags.has(node.name)) visitAs(walk, node, walk.kind, walk.marker);
  else visitAll(walk, node.children);
}

/** Google Docs exports the title of a document as a paragraph of that class. */
function levelOf(node: HtmlElement): number | undefined {
  const level = /^h([1-6])$/.exec(node.name)?.[1];
  if (level !== undefined) return Number(level);
  const { parent } = node;
  const isTitle = node.name === 'p' && hasClass(node, 'title') && parent !== null && 'attribs' in parent;
  return isTitle && hasClass(parent, 'doc-content') ? 1 : undefined;
}

function hasClass({ attribs }: HtmlElement, name: string): boolean {
  return attribs['class']?.split(/\s+/).includes(name) === true;
}

/** The address of a link stands behind its text, unless that is made of blocks: a whole card that leads somewhere. */
function visitLink(walk: Walk, link: HtmlElement): void {
  const { text } = walk;
  const start = text.length;
  visitAll(walk, link.children);
  // Where nothing stood before it, it ends the block that it began.
  if (walk.text !== text && start > 0) return;
  walk.text.push(withAddress(walk.text.splice(start).join(''), link.attribs['href']));
}

function visitAs(walk: Walk, node: HtmlElement, kind: BlockKind, marker: string): void {
  endBlock(walk);
  const outerKind = walk.kind;
  walk.kind = kind;
  walk.marker = marker;
  visitAll(walk, node.children);
  endBlock(walk);
  // An item without text of its own leaves its number to nobody.
  if (kind !== outerKind || node.name === 'li') walk.marker = '';
  walk.kind = outerKind;
}

function endBlock(walk: Walk): void {
  const text = walk.text.join('');
  if (text.trim() !== '') {
    walk.canonical.add({ kind: walk.kind, text: walk.marker + text });
    walk.marker = '';
  }
  walk.text = [];
}

function visitTable(walk: Walk, table: HtmlElement): void {
  endBlock(walk);
  const { rows, isLayout } = readTable(table);
  if (isLayout) {
    visitAs(walk, table, walk.kind, '');
    return;
  }
  for (const child of table.children) {
    if ('attribs' in child && child.name === 'caption') {
      walk.canonical.add({ kind: 'paragraph', text: visibleText(child, 'with-addresses') });
    }
  }
  addTable(walk.canonical, rows);
}

const itemFormats = new Map([
  ['a', 'lowerLetter'],
  ['A', 'upperLetter'],
  ['i', 'lowerRoman'],
  ['I', 'upperRoman'],
]);

function markerOf({ numbers, listStyles, styled }: Walk, item: HtmlElement): string {
  const list = item.parent;
  if (list === null || !('attribs' in list)) return '';
  // Of a list of tasks in Confluence.
  if (hasClass(list, 'inline-task-list')) return hasClass(item, 'checked') ? '[x] ' : '[ ] ';
  if (list.name !== 'ol') return '';
  if (!numbers.has(item)) numberItems(numbers, list);
  const label = labelOfItem(list, numbers.get(item) ?? 1, listStyles, styled);
  if (label !== undefined) return label;
  const format = itemFormats.get(list.attribs['type'] ?? '') ?? 'decimal';
  return `${formatNumber(numbers.get(item) ?? 1, format, 'counting')}. `;
}

/** An item may say its number, and those behind count on from there; a reversed list counts down, if it does not say from where to 1. */
function numberItems(numbers: Map<HtmlNode, number>, { attribs, children }: HtmlElement): void {
  const items = children.filter((child): child is HtmlElement => 'attribs' in child && child.name === 'li');
  const isReversed = 'reversed' in attribs;
  let next = wholeNumber(attribs['start']) ?? (isReversed ? items.length : 1);
  for (const item of items) {
    const number = wholeNumber(item.attribs['value']) ?? next;
    numbers.set(item, number);
    next = number + (isReversed ? -1 : 1);
  }
}

function wholeNumber(text: string | undefined): number | undefined {
  const value = Number.parseInt(text ?? '', 10);
  return Number.isNaN(value) ? undefined : value;
}
