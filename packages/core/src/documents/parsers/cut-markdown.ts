import type { Nodes, Root, RootContent } from 'mdast';
import {
  contentOf,
  HEAD_CHARACTERS_MAX,
  isContainer,
  lineStart,
  openAgain,
  type Step,
  startOf,
} from './markdown-openings.ts';

/** A longer paragraph is parsed in parts: signs of an emphasis or a link that begins in one and ends in another are read as text. */
export const PARAGRAPH_CHARACTERS_MAX = 8000;

/** Of text with many signs and no end: what each of them goes with is looked for among all of its part. */
const DENSE = { stretchCharacters: 500, paragraphCharactersMax: 1000 };
const SIGN_SHARE_MIN = 0.15;
/** Of lines that are shorter than ten characters: for each line that underlines a heading, micromark looks through all before it and moves the rest. */
const OF_SHORT_LINES = { stretchCharacters: 500, paragraphCharactersMax: 4000 };
const LINE_SHARE_MIN = 0.1;

/** Stands for the part of a paragraph that is not parsed again. */
export const PARAGRAPH_SIGN = ',';

export interface MarkdownStretch {
  readonly source: string;
  nodes: RootContent[];
  readonly joint: Joint | null;
}

/** Of a stretch that begins inside of the last block of the stretch before it. */
export interface Joint {
  /** The blocks that are open there, from the outermost on. */
  readonly path: readonly Step[];
  /** Of a paragraph that is cut: what stands between its parts. */
  readonly between: string | null;
  /** What the source of the stretch begins with: what opens these blocks once more, in a paragraph a sign, so that no other block begins. */
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
  let size = 0;
  let joint: Joint | null = null;
  for (let from = 0; from < markdown.length; ) {
    const usual = forLines(markdown, from, ways);
    const chosen: Ways =
      joint?.between == null && endsSoon(markdown, from, ways) ? usual : waysFor(markdown, from, usual);
    // A paragraph that goes on is cut where it is long enough: what is shorter would be parsed again.
    size = Math.max(size, joint?.between == null ? chosen.stretchCharacters : chosen.paragraphCharactersMax);
    const to = endOfPiece(markdown, from, size);
    const head: string = joint?.head ?? '';
    const source = head + markdown.slice(from, to);
    const nodes = ways.parse(source);
    const cut: Cut | null =
      to === markdown.length
        ? { end: source.length, nodes, joint: null }
        : cutBlocks(source, nodes, head.length, chosen);
    size = cut === null ? size * 2 : 0;
    if (cut === null) continue;
    stretches.push({ source: source.slice(0, cut.end), nodes: cut.nodes, joint });
    from += cut.end - head.length;
    joint = cut.joint;
  }
  return stretches;
}

/** Whether a paragraph that begins there is one that somebody wrote, and is read whole however many signs it has. */
function endsSoon(markdown: string, from: number, { paragraphCharactersMax: max }: Ways): boolean {
  return markdown.length - from < max || /\n[ \t>]*\n/.test(markdown.slice(from, from + max));
}

function forLines(markdown: string, from: number, ways: Ways): Ways {
  const next = markdown.slice(from, from + 2 * ways.stretchCharacters);
  const isOfShortLines = (next.match(/\n/g)?.length ?? 0) > next.length * LINE_SHARE_MIN;
  return isOfShortLines ? inSmaller(ways, OF_SHORT_LINES) : ways;
}

function waysFor(markdown: string, from: number, ways: Ways): Ways {
  const next = markdown.slice(from, from + 2 * ways.stretchCharacters);
  const signs = next.match(/[*_~[\]!<`]/g)?.length ?? 0;
  return signs < next.length * SIGN_SHARE_MIN ? ways : inSmaller(ways, DENSE);
}

function inSmaller(ways: Ways, { stretchCharacters, paragraphCharactersMax }: Omit<Ways, 'parse'>): Ways {
  return {
    ...ways,
    stretchCharacters: Math.min(ways.stretchCharacters, stretchCharacters),
    paragraphCharactersMax: Math.min(ways.paragraphCharactersMax, paragraphCharactersMax),
  };
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

interface Place {
  readonly end: number;
  /** The blocks that the cut is inside of. */
  readonly path: readonly Nodes[];
}

/** The blocks that stay what they are, whatever follows; of one that goes on, its items, rows and blocks that do. */
function cutBlocks(source: string, nodes: RootContent[], headEnd: number, ways: Ways): Cut | null {
  const last = nodes.at(-1);
  if (last === undefined) return source.endsWith('\n') ? { end: source.length, nodes, joint: null } : null;
  const { places, path } = listPlaces(source, nodes, headEnd);
  // One that is far inside needs a longer head, and is taken where it leaves much less to be parsed again.
  const far = headEnd + (source.length - headEnd) / 4;
  for (const place of [...places.filter(({ end }) => end >= far), ...places.toReversed()]) {
    const cut = cutAt(source, nodes, place);
    if (cut !== undefined) return cut;
  }
  if (last.type === 'paragraph' && /\n[ \t]*\n$/.test(source)) return { end: source.length, nodes, joint: null };
  return cutParagraph(source, nodes, path, ways);
}

/** Where the text may be cut in each of the blocks that may go on, and these blocks, from the outermost on. */
function listPlaces(source: string, nodes: readonly RootContent[], headEnd: number) {
  const places: Place[] = [];
  const path: Nodes[] = [];
  for (let inside: readonly Nodes[] = nodes; ; ) {
    const end = lastStart(source, inside, path, headEnd);
    if (end > headEnd) places.push({ end, path: [...path] });
    const last = inside.at(-1);
    if (last === undefined || !('children' in last)) break;
    if (last.type !== 'paragraph' && !isContainer(last)) break;
    path.push(last);
    if (last.type === 'paragraph') break;
    inside = last.children;
  }
  return { places, path };
}

function cutAt(source: string, nodes: RootContent[], { end, path }: Place): Cut | undefined {
  if (path.length === 0) return { end, nodes: startingBefore(nodes, end), joint: null };
  const opened = openAgain(source, path, '');
  if (opened === undefined || opened.head.length > HEAD_CHARACTERS_MAX) return undefined;
  const cut = cutInside({ type: 'root', children: nodes }, [...path], end) as Root;
  return { end, nodes: cut.children, joint: { ...opened, between: null } };
}

function cutParagraph(source: string, nodes: RootContent[], path: readonly Nodes[], ways: Ways): Cut | null {
  const paragraph = path.at(-1);
  if (paragraph?.type !== 'paragraph' || /\n[ \t>]*\n$/.test(source)) return null;
  if (source.length - startOf(paragraph) < ways.paragraphCharactersMax) return null;
  const between = /[ \n]$/.exec(source)?.[0] ?? '';
  const opened = openAgain(source, path.slice(0, -1), PARAGRAPH_SIGN + between);
  if (opened === undefined || opened.head.length > HEAD_CHARACTERS_MAX) return null;
  return { end: source.length, nodes, joint: { ...opened, between } };
}

/** A block without what begins behind a place, in it and in the last of what it holds. */
function cutInside(node: Nodes, [inner, ...rest]: Nodes[], end: number): Nodes {
  const children = startingBefore(contentOf(node), end);
  if (inner !== undefined) children[children.length - 1] = cutInside(inner, rest, end);
  return { ...node, children } as Nodes;
}

function startingBefore<Node extends Nodes>(nodes: readonly Node[], end: number): Node[] {
  return nodes.filter((node) => startOf(node) < end);
}

/** Where the line of the last block begins with which those before it have come to their end; 0 if there is none behind the head. */
function lastStart(source: string, nodes: readonly Nodes[], path: readonly Nodes[], headEnd: number): number {
  for (let index = nodes.length - 1; index > 0; index -= 1) {
    const node = nodes[index];
    if (node === undefined) continue;
    const end = lineStart(source, node);
    if (end <= headEnd) return 0;
    const isNew = endsWhatIsBefore.has(node.type) && !mayGoOn(source, node, path);
    const isBehindOther = endsByItself.has(nodes[index - 1]?.type ?? 'root');
    if (isNew || isBehindOther || isBehindBlankLine(source, end, path)) return end;
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

/** What follows on one of these begins anew. */
const endsByItself = new Set<Nodes['type']>(['heading', 'thematicBreak', 'code', 'html']);

/** A definition may stand on a line that goes on with a paragraph without the signs of the blocks that this is in. */
function mayGoOn(source: string, node: Nodes, path: readonly Nodes[]): boolean {
  if (node.type !== 'definition' || path.length === 0) return false;
  const signs = source.slice(lineStart(source, node), startOf(node)).split('>').length - 1;
  return signs < path.length || path.some(({ type }) => type !== 'blockquote');
}

function isBehindBlankLine(source: string, end: number, path: readonly Nodes[]): boolean {
  const start = source.lastIndexOf('\n', end - 2) + 1;
  const blank = path.some(({ type }) => type === 'blockquote') ? /^[ \t>]*$/ : /^[ \t]*$/;
  return start > 0 && blank.test(source.slice(start, end - 1));
}
