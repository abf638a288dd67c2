import { ElementType, type parseDocument } from 'htmlparser2';
import { withAddress } from './link-address.ts';
import { mathText } from './math-text.ts';

type HtmlParent = ReturnType<typeof parseDocument>;
export type HtmlNode = HtmlParent['children'][number];
export type HtmlElement = Extract<HtmlNode, { attribs: unknown }>;

export type HtmlText = Extract<HtmlNode, { type: ElementType.ElementType.Text }>;

export function isText(node: HtmlNode): node is HtmlText {
  return node.type === ElementType.Text;
}

/** `rt` says how the characters beside it are spoken, in the middle of a word. */
const unseenTags = new Set('script style noscript template svg head iframe object canvas rt rp'.split(' '));
/** Elements that start on a line of their own. */
export const blockTags = new Set(
  `
    address article aside body caption center dd details dialog div dl dt fieldset figcaption figure footer form
    header hr html legend main menu nav ol p section summary tbody td tfoot th thead tr ul
  `
    .trim()
    .split(/\s+/),
);

/** Scripts, styles and hidden parts are not content. */
export function isUnseen(node: HtmlElement): boolean {
  return unseenTags.has(node.name) || 'hidden' in node.attribs;
}

/**
 * The text of an element as shown; line breaks only where `<br>` asks for them, or as written in preformatted text.
 * `with-addresses`: collapsed, and links with where they lead.
 */
export function visibleText(
  node: HtmlNode,
  style: 'collapsed' | 'as-written' | 'with-addresses' = 'collapsed',
): string {
  if (isText(node)) return style === 'as-written' ? node.data : node.data.replace(/\s+/g, ' ');
  if (!('attribs' in node) || isUnseen(node)) return '';
  if (node.name === 'br') return '\n';
  if (node.name === 'input') return shownBox(node);
  if (node.name === 'math') return mathText(node);
  const inner = node.children.map((child) => visibleText(child, style)).join('');
  if (style === 'with-addresses' && node.name === 'a') return withAddress(inner, node.attribs['href']);
  return style !== 'as-written' && (blockTags.has(node.name) || node.name === 'li') ? ` ${inner} ` : inner;
}

/** Elements of which a box belongs to the words. Elsewhere in a page it opens and shuts a menu. */
export const boxedTags = ['dd', 'label', 'li', 'p', 'td', 'th'];

/** A box that is ticked or not, as task lists write it; nothing for other fields of a form. */
export function boxMark({ type, role, checked }: HtmlElement['attribs']): string {
  if (!/^(?:checkbox|radio)$/i.test(type ?? '') || role !== undefined) return '';
  return checked === undefined ? '[ ]' : '[x]';
}

function shownBox(field: HtmlElement): string {
  const mark = boxMark(field.attribs);
  let parent = field.parent;
  while (parent !== null && 'attribs' in parent && !blockTags.has(parent.name) && !boxedTags.includes(parent.name)) {
    parent = parent.parent;
  }
  if (mark === '' || parent === null || !('attribs' in parent) || !boxedTags.includes(parent.name)) return '';
  return field.next !== null && isText(field.next) && /^\s/.test(field.next.data) ? mark : `${mark} `;
}
