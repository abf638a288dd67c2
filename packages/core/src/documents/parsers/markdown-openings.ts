import type { Nodes } from 'mdast';

/** One of the blocks that a text is cut in. */
export interface Step {
  readonly type: Nodes['type'];
  /** Whether what opens it once more is a line with an empty heading in it. */
  readonly isMarked: boolean;
}

/** What opens blocks that are deep in others is as long as they are deep; a longer one is parsed more often than it is worth. */
export const HEAD_CHARACTERS_MAX = 1000;

const containers = new Set<Nodes['type']>(['blockquote', 'list', 'listItem', 'table', 'footnoteDefinition']);

/** Whether a block holds others, or rows. */
export function isContainer({ type }: Nodes): boolean {
  return containers.has(type);
}

export function contentOf(node: Nodes): Nodes[] {
  return 'children' in node ? [...node.children] : [];
}

export function startOf(node: Nodes): number {
  return node.position?.start.offset ?? 0;
}

export function lineStart(source: string, node: Nodes): number {
  return source.lastIndexOf('\n', startOf(node) - 1) + 1;
}

const MARK = '#\n';

/**
 * What opens these blocks, each in the one before, so that a text which goes on in the last of them is read as there: the lines that open
 * them, with an empty heading in place of what they say, which neither goes on nor keeps anything from beginning. Quotes of quotes need none,
 * since each line has their signs.
 *
 * @param sign what the last line ends with instead. @returns undefined where tabs make it hard to say.
 */
export function openAgain(
  source: string,
  path: readonly Nodes[],
  sign: string,
): { head: string; path: Step[] } | undefined {
  const opened = path.filter(({ type }) => type !== 'list');
  const areQuotes = opened.every(({ type }) => type === 'blockquote');
  if (areQuotes && sign === '') return { head: '', path: path.map(({ type }) => ({ type, isMarked: false })) };
  if (opened.length === 0) return { head: sign, path: [] };
  let head = '';
  const marked = new Set<Nodes>();
  for (const [index, node] of opened.entries()) {
    const next = opened[index + 1];
    const start = lineStart(source, node);
    // The line of the next one opens this one as well.
    if (next !== undefined && lineStart(source, next) === start) continue;
    if (node.type === 'table') head += /^.*\n.*\n/.exec(source.slice(start))?.[0] ?? '';
    else {
      const opening = openingOf(source, node);
      if (opening === undefined) return undefined;
      const isLast = next === undefined && sign !== '';
      head += source.slice(start, startOf(node)) + opening + (isLast ? sign : MARK);
      if (!isLast) marked.add(node);
    }
  }
  return { head, path: path.map((node) => ({ type: node.type, isMarked: marked.has(node) })) };
}

/** The signs that open a block, up to where what it holds begins. */
function openingOf(source: string, node: Nodes): string | undefined {
  const start = startOf(node);
  const line = source.slice(start, start + HEAD_CHARACTERS_MAX);
  if (node.type === 'blockquote') return '> ';
  if (node.type === 'footnoteDefinition') {
    const label = /^\[\^(?:[^\\\]]|\\.)+\]:/.exec(line)?.[0];
    return label === undefined ? undefined : `${label} `;
  }
  const [, marker = '', space = '', rest = ''] = /^([-+*]|\d{1,9}[.)])([ \t]*)(.?)/.exec(line) ?? [];
  if (marker === '') return undefined;
  // Behind more of them, code begins, or nothing.
  if (rest === '' || (space.length > 4 && !space.includes('\t'))) return `${marker} `;
  return space.includes('\t') && space !== '\t' ? undefined : marker + space;
}
