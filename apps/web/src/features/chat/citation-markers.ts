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

/** What a marker becomes in the tree; the Markdown component renders it as a chip. */
export const markerTag = 'citation-marker';

const marker = /(\s*)\[(\d{1,3})\]/g;
const wordJoiner = '\u2060';
const verbatim = new Set(['code', 'pre']);

/**
 * Rehype plugin: turns every `[n]` outside code into a citation-marker element. A number that is not in `known` has
 * nothing behind it and is left out, so that no marker ever dangles. Runs after sanitising.
 */
export function markCitations({ known }: { known: readonly number[] }) {
  return (tree: TreeNode): void => markWithin(tree, new Set(known));
}

function markWithin(node: TreeNode, known: ReadonlySet<number>): void {
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

function splitText(value: string, known: ReadonlySet<number>): TreeNode[] {
  const parts: TreeNode[] = [];
  let done = 0;
  for (const match of value.matchAll(marker)) {
    const number = Number(match[2]);
    if (match.index > done) {
      parts.push({ type: 'text', value: value.slice(done, match.index) });
    }
    if (known.has(number)) {
      // The chip brings its own gap; the joiner keeps it on the line of the word it belongs to.
      parts.push({ type: 'text', value: wordJoiner });
      parts.push({ type: 'element', tagName: markerTag, properties: { number }, children: [] });
    }
    done = match.index + match[0].length;
  }
  if (done < value.length) {
    parts.push({ type: 'text', value: value.slice(done) });
  }
  return parts;
}

/** Cuts an unfinished `[`, `[1` from the end of a text that is still being written. */
export function withoutOpenMarker(text: string): string {
  return text.replace(/\s*\[\d{0,3}$/, '');
}
