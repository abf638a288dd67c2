import type { Nodes, RootContent } from 'mdast';

/** A longer paragraph is parsed in parts: signs of an emphasis or a link that begins in one and ends in another are read as text. */
export const PARAGRAPH_CHARACTERS_MAX = 8000;

/** Stands for the part of a paragraph that is not parsed again. */
export const PARAGRAPH_SIGN = ',';

export interface MarkdownStretch {
  readonly source: string;
  nodes: RootContent[];
  readonly joint: Joint | null;
}

/** Of a stretch whose first block and the last one of the stretch before it are parts of one. */
export interface Joint {
  /** What stands between them. */
  readonly between: string;
  /** What the source of the stretch begins with: the head of the table once more; in a paragraph a sign, so that no other block begins. */
  readonly head: string;
}

interface Ways {
  readonly parse: (piece: string) => RootContent[];
  readonly stretchCharacters: number;
  readonly paragraphCharactersMax: number;
}

/** Cuts a text where this changes no block: what is parsed is, in all, a few times as long as the text. */
export function cutMarkdown(markdown: string, ways: Ways): MarkdownStretch[] {
  const stretches: MarkdownStretch[] = [];
  let size = ways.stretchCharacters;
  let joint: Joint | null = null;
  for (let from = 0; from < markdown.length; ) {
    const to = endOfPiece(markdown, from, size);
    const head = joint?.head ?? '';
    const source: string = head + markdown.slice(from, to);
    const nodes = ways.parse(source);
    const cut: Cut | null =
      to === markdown.length ? { end: source.length, nodes, joint: null } : cutBlocks(source, nodes, ways);
    size = cut === null ? size * 2 : ways.stretchCharacters;
    if (cut === null) continue;
    stretches.push({ source: source.slice(0, cut.end), nodes: cut.nodes, joint });
    from += cut.end - head.length;
    joint = cut.joint;
  }
  return stretches;
}

/** Behind a blank line or, where that is far, a line, a word or a character. */
function endOfPiece(markdown: string, from: number, size: number): number {
  const max = from + 2 * size;
  if (max >= markdown.length) return markdown.length;
  const blankLine = markdown.slice(from + size, max).match(/\n[ \t]*\n/);
  if (blankLine?.index !== undefined) return from + size + blankLine.index + blankLine[0].length;
  const lineEnd = markdown.lastIndexOf('\n', max - 1) + 1;
  if (lineEnd > from + size) return lineEnd;
  const wordEnd = markdown.lastIndexOf(' ', max - 1) + 1;
  if (wordEnd > from + size) return wordEnd;
  return /[\udc00-\udfff]/.test(markdown.charAt(max)) ? max - 1 : max;
}

interface Cut extends Pick<MarkdownStretch, 'nodes' | 'joint'> {
  readonly end: number;
}

/** The blocks that stay what they are, whatever follows; of one that goes on, its items and paragraphs that do. */
function cutBlocks(source: string, nodes: RootContent[], ways: Ways): Cut | null {
  const last = nodes.at(-1);
  if (last === undefined) return source.endsWith('\n') ? { end: source.length, nodes, joint: null } : null;
  const end = lastStart(source, nodes);
  if (end > 0) return { end, nodes: startingBefore(nodes, end), joint: null };
  if (last.type !== 'paragraph') return cutInside(source, nodes, last);
  if (/\n[ \t]*\n$/.test(source)) return { end: source.length, nodes, joint: null };
  if (source.length < ways.paragraphCharactersMax) return null;
  const between = /[ \n]$/.exec(source)?.[0] ?? '';
  return { end: source.length, nodes, joint: { between, head: PARAGRAPH_SIGN + between } };
}

function cutInside(source: string, nodes: readonly RootContent[], last: RootContent): Cut | null {
  if (last.type !== 'list' && last.type !== 'blockquote' && last.type !== 'table') return null;
  const end = lastStart(source, last.children, /^[ \t>]*$/);
  // A line without the sign of the quote goes on with a paragraph of it.
  if (end === 0 || (last.type === 'blockquote' && !/^[ \t]*>/.test(source.slice(end, end + 100)))) return null;
  if (last.type === 'table' && last.children.length < 4) return null;
  const inner = { ...last, children: startingBefore<Nodes>(last.children, end) } as typeof last;
  const [, head = ''] = last.type === 'table' ? (/^(.*\n.*\n)/.exec(source.slice(lineStart(source, last))) ?? []) : [];
  return { end, nodes: [...nodes.slice(0, -1), inner], joint: { between: '', head } };
}

function startingBefore<Node extends Nodes>(nodes: readonly Node[], end: number): Node[] {
  return nodes.filter((node) => startOf(node) < end);
}

/** Where the line of the last node begins with which those before it have come to their end; 0 if there is none. */
function lastStart(source: string, nodes: readonly Nodes[], blank = /^[ \t]*$/): number {
  for (let index = nodes.length - 1; index > 0; index -= 1) {
    const node = nodes[index];
    const end = node === undefined ? 0 : lineStart(source, node);
    if (node !== undefined && end > 0 && (endsWhatIsBefore.has(node.type) || isBehindBlankLine(source, end, blank)))
      return end;
  }
  return 0;
}

const endsWhatIsBefore = new Set<Nodes['type']>([
  'list',
  'listItem',
  'tableRow',
  'blockquote',
  'footnoteDefinition',
  'definition',
]);

function isBehindBlankLine(source: string, end: number, blank: RegExp): boolean {
  const start = source.lastIndexOf('\n', end - 2) + 1;
  return start > 0 && blank.test(source.slice(start, end - 1));
}

function lineStart(source: string, node: Nodes): number {
  return source.lastIndexOf('\n', startOf(node) - 1) + 1;
}

function startOf(node: Nodes): number {
  return node.position?.start.offset ?? 0;
}
