import type { Nodes, RootContent } from 'mdast';
import { type Joint, PARAGRAPH_SIGN } from './cut-markdown.ts';

/** Adds the blocks of a stretch to those of the stretches before it: the first one may go on with the last. */
export function joinBlocks(blocks: RootContent[], added: readonly RootContent[], joint: Joint | null): void {
  let into: Nodes[] = blocks;
  let from: readonly Nodes[] = added;
  for (const { type, isMarked } of joint?.path ?? []) {
    const [last, first, ...rest] = [into.at(-1), ...from];
    if (last === undefined || first?.type !== type || last.type !== type) break;
    if (!('children' in last) || !('children' in first)) break;
    appendAll(into, rest);
    into = last.children;
    from = first.children.slice(isMarked || type === 'table' ? 1 : 0);
  }
  const isJoined = joint?.between != null && joinParagraphs(into.at(-1), from[0], joint.between);
  appendAll(into, isJoined ? from.slice(1) : from);
}

function joinParagraphs(last: Nodes | undefined, rest: Nodes | undefined, between: string): boolean {
  if (last?.type !== 'paragraph') return false;
  withoutSign(rest, PARAGRAPH_SIGN + between);
  if (rest?.type !== 'paragraph' && rest?.type !== 'heading') return false;
  appendAll<Nodes>(last.children, [{ type: 'text', value: between }, ...rest.children]);
  return true;
}

/** Takes away the sign that stood for what is before, wherever the first text of the rest of a paragraph came to be. */
function withoutSign(rest: Nodes | undefined, sign: string): void {
  if (rest?.type === 'text') {
    const isWhole = rest.value.startsWith(sign);
    rest.value = rest.value.slice(isWhole ? sign.length : PARAGRAPH_SIGN.length);
  } else if (rest !== undefined && 'children' in rest) withoutSign(rest.children[0], sign);
}

function appendAll<Item>(items: Item[], added: readonly Item[]): void {
  for (const item of added) items.push(item);
}
