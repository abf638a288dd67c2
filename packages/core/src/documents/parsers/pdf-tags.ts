import type { PdfPage } from './open-pdf.ts';
import { placeInTable, type TaggedCell, type TaggedPlace } from './pdf-tagged-cells.ts';
import type { PdfTextItem } from './pdf-text-runs.ts';

/** What a tagged file says of a stretch of text. */
export interface PdfTag {
  kind: 'heading' | 'list-item' | 'text';
  /** Of a heading. */
  level?: number;
  /** The same for all that belongs to one heading, item or paragraph. */
  element: object;
  /** Of a table, that it stands in. */
  cell?: TaggedCell;
}

/** What a tagged file says of a page. */
export interface PdfTags {
  /** Of its text, by the marks around it. */
  byMark: Map<string, PdfTag>;
  /** What stretches of text say whose signs do not tell it, by the first mark in them; by the others, nothing. */
  actualTexts: Map<string, string>;
  /** What its author wrote about each of its pictures. */
  pictures: string[];
}

/** `alt` is given and not typed. */
type Tree = NonNullable<Awaited<ReturnType<PdfPage['getStructTree']>>> & { alt?: string };
type Content = Awaited<ReturnType<PdfPage['getTextContent']>>;

/** No document is nested deeper; a file may be. */
const DEPTH_MAX = 100;
/** Roles of whole parts say nothing of the text in them. */
const parts =
  /^(?:Document|DocumentFragment|Part|Art|Sect|Div|NonStruct|Private|Span|Link|Reference|Quote|Em|Strong|Sub|Code|Lbl|LBody|L|Root)$/;

/** What a page of a tagged file says of its text and its pictures; nothing where it says nothing that can be read. */
export async function readPdfTags(page: PdfPage): Promise<PdfTags> {
  const tags: PdfTags = { byMark: new Map(), actualTexts: new Map(), pictures: [] };
  const tree = await page.getStructTree().catch(() => null);
  if (tree !== null) collect(tree, { tag: undefined, sections: 0, depth: 0 }, tags);
  return tags;
}

interface Place extends TaggedPlace {
  tag: PdfTag | undefined;
  sections: number;
  depth: number;
}

function collect(node: Tree, { tag, sections, depth, ...around }: Place, tags: PdfTags): void {
  if (depth > DEPTH_MAX) return;
  const inner = sections + (node.role === 'Sect' ? 1 : 0);
  const own = tagOf(node, inner);
  const { table, cell } = placeInTable(node, around);
  if (own?.kind === 'heading' && cell?.isHeader === false) cell.table.isLayout = true;
  // A paragraph in an item is part of it; a heading in one, as in a list of sections, is a heading.
  const kept = own === undefined || (own.kind === 'text' && tag !== undefined) ? tag : own;
  for (const child of node.children) {
    if ('role' in child) collect(child, { tag: kept, sections: inner, depth: depth + 1, table, cell }, tags);
    else if (child.type === 'content' && kept !== undefined) {
      tags.byMark.set(child.id, cell === undefined ? kept : { ...kept, cell });
    }
  }
  addActualText(node, tags);
  const text = node.role === 'Figure' && isOnPage(node) ? (node.alt ?? '').replace(/\s+/g, ' ').trim() : '';
  // One word is the name of a file.
  if (text.includes(' ')) tags.pictures.push(`Picture: ${text}`);
}

function addActualText({ role, alt, children }: Tree, { actualTexts }: PdfTags): void {
  if (alt === undefined || alt === '' || role === 'Figure' || role === 'Formula') return;
  const marks = children.flatMap((child) => ('role' in child || child.type !== 'content' ? [] : [child.id]));
  if (marks.length < children.length) return;
  for (const [index, mark] of marks.entries()) actualTexts.set(mark, index === 0 ? alt : '');
}

/** Elements of lists and tables are told of without what they have on other pages. */
function isOnPage(node: Tree): boolean {
  return node.children.some((child) => !('role' in child) || isOnPage(child));
}

function tagOf(node: Tree, sections: number): PdfTag | undefined {
  const { role } = node;
  const level = /^(?:H|heading\s?)([1-9])$/i.exec(role)?.[1];
  if (level !== undefined) return { kind: 'heading', level: Number(level), element: node };
  if (role === 'H') return { kind: 'heading', level: Math.max(1, sections), element: node };
  if (role === 'Title') return { kind: 'heading', level: 1, element: node };
  if (role === 'LI') return { kind: 'list-item', element: node };
  return parts.test(role) ? undefined : { kind: 'text', element: node };
}

/** The runs of text, each with what the file says of it. */
export function listTaggedItems(items: Content['items'], { byMark, actualTexts }: PdfTags): PdfTextItem[] {
  const open: { tag: PdfTag | undefined; mark: string }[] = [];
  const found: PdfTextItem[] = [];
  const told = new Set<string>();
  for (const item of items) {
    if ('str' in item) {
      const { tag, mark = '' } = open.at(-1) ?? {};
      const actual = isIllegible(item.str) ? actualTexts.get(mark) : undefined;
      const str = actual === undefined ? item.str : told.has(mark) ? '' : actual;
      if (actual !== undefined) told.add(mark);
      found.push(tag === undefined ? { ...item, str } : { ...item, str, tag });
    } else if (item.type === 'endMarkedContent') open.pop();
    else {
      const mark = item.id ?? '';
      open.push({ tag: byMark.get(mark) ?? open.at(-1)?.tag, mark });
    }
  }
  return found;
}

/** Whether these are signs of a font that does not say what its shapes mean. */
function isIllegible(text: string): boolean {
  return text.trim() !== '' && !/[^\s\p{Co}\p{Cn}\p{Cc}\ufffd]/u.test(text);
}

/** Of runs that all have the same. */
export function commonTag(runs: readonly { text: string; tag?: PdfTag | undefined }[]): PdfTag | undefined {
  const visible = runs.filter(({ text }) => text.trim() !== '');
  const tag = visible[0]?.tag;
  return visible.every((run) => run.tag?.element === tag?.element) ? tag : undefined;
}
