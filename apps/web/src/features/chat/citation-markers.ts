/** The few shapes of a hast tree that are touched here. */
interface TextNode {
  type: 'text';
  value: string;
}
interface ElementNode {
  type: 'element';
  tagName: string;
  properties: Record<string, unknown>;
  children: TreeNode[];
}
interface OtherNode {
  type: 'root' | 'comment' | 'doctype' | 'raw';
  children?: TreeNode[];
}
export type TreeNode = TextNode | ElementNode | OtherNode;

/** What markers become in the tree; the Markdown component renders them as chips. */
const citationTag = 'citation-marker';
const unsupportedTag = 'unsupported-marker';

/** The numbers that have something behind them: citations, shown as `[n]`, and unsupported claims, shown as `[?n]`. */
export interface KnownMarkers {
  cited: readonly number[];
  unsupported: readonly number[];
}

const marker = /(\s*)\[(\??)(\d{1,3})\]/g;
const gluedClass = 'whitespace-nowrap';
const closing = /^[.,;:!?)\]”’"'…]+/;
const verbatim = new Set(['code', 'pre']);

/**
 * Rehype plugin: turns every `[n]` and `[?n]` outside code into an element of its own. A number that is not known has
 * nothing behind it and is left out, so that no marker ever dangles. Runs after sanitising.
 */
export function markCitations({ known }: { known: KnownMarkers }) {
  return (tree: TreeNode): void => markWithin(tree, known);
}

function markWithin(node: TreeNode, known: KnownMarkers): void {
  if (!('children' in node) || node.children === undefined) {
    return;
  }
  if (node.type === 'element' && verbatim.has(node.tagName)) {
    return;
  }
  node.children = node.children.flatMap((child) => {
    if (child.type === 'text') {
      return splitText(child.value, known);
    }
    markWithin(child, known);
    return [child];
  });
}

function splitText(value: string, known: KnownMarkers): TreeNode[] {
  const parts: TreeNode[] = [];
  let done = 0;
  for (const match of value.matchAll(marker)) {
    const number = Number(match[3]);
    const isCitation = match[2] === '';
    const end = match.index + match[0].length;
    if (match.index > done) {
      parts.push({ type: 'text', value: value.slice(done, match.index) });
    }
    if ((isCitation ? known.cited : known.unsupported).includes(number)) {
      const punctuation = closing.exec(value.slice(end))?.[0] ?? '';
      const tagName = isCitation ? citationTag : unsupportedTag;
      glue(parts, { type: 'element', tagName, properties: { number }, children: [] }, punctuation);
      done = end + punctuation.length;
    } else {
      done = end;
    }
  }
  if (done < value.length) {
    parts.push({ type: 'text', value: value.slice(done) });
  }
  return parts;
}

/** Puts a chip on the line of the word before it and the punctuation after it: a span that does not wrap holds them. */
function glue(parts: TreeNode[], chip: ElementNode, punctuation: string): void {
  const added: TreeNode[] = punctuation === '' ? [chip] : [chip, { type: 'text', value: punctuation }];
  const last = parts.at(-1);
  if (last?.type === 'element' && last.properties['className'] === gluedClass) {
    last.children.push(...added);
    return;
  }
  const word = last?.type === 'text' ? (/\S{1,24}$/.exec(last.value)?.[0] ?? '') : '';
  if (last?.type === 'text' && word !== '') {
    last.value = last.value.slice(0, -word.length);
    parts.push(gluedSpan([{ type: 'text', value: word }, ...added]));
  } else {
    parts.push(gluedSpan(added));
  }
}

function gluedSpan(children: TreeNode[]): ElementNode {
  return { type: 'element', tagName: 'span', properties: { className: gluedClass }, children };
}

/** Cuts an unfinished `[`, `[1`, `[?1` from the end of a text that is still being written. */
export function withoutOpenMarker(text: string): string {
  return text.replace(/\s*\[\??\d{0,3}$/, '');
}

/** The text without any marker, for the moment before chips can be shown. */
export function withoutMarkers(text: string): string {
  return withoutOpenMarker(text.replace(marker, ''));
}
