import type { HtmlElement, HtmlNode } from './html-node.ts';

/** A formula in one line: as its author typed it in TeX where that is kept beside it, else `(a+b)/2`, `x^2`, `√(y)`. */
export function mathText(math: HtmlElement): string {
  const typed = findTyped(math);
  return (typed ?? lineOf(math)).replace(/\s+/g, ' ').trim();
}

function findTyped(node: HtmlElement): string | undefined {
  for (const child of node.children) {
    if (!('attribs' in child)) continue;
    const isTyped = bareName(child) === 'annotation' && /tex/i.test(child.attribs['encoding'] ?? '');
    const found = isTyped ? dataOf(child) : findTyped(child);
    if (found !== undefined) return found;
  }
  return undefined;
}

function lineOf(node: HtmlNode): string {
  if ('data' in node) return node.data.trim();
  if (!('attribs' in node)) return '';
  // Each but once: twice at each level is 2 to the power of the depth.
  const lines = node.children.map(lineOf);
  const parts = lines.filter((_, index) => 'attribs' in (node.children[index] ?? {}));
  const [base = '', first = '', second = ''] = parts;
  switch (bareName(node)) {
    case 'annotation':
    case 'annotation-xml':
      return '';
    case 'mfrac':
      return `${group(base)}/${group(first)}`;
    case 'msup':
    case 'mover':
      return `${base}^${group(first)}`;
    case 'msub':
    case 'munder':
      return `${base}_${group(first)}`;
    case 'msubsup':
    case 'munderover':
      return `${base}_${group(first)}^${group(second)}`;
    case 'msqrt':
      return `√${group(parts.join(''))}`;
    case 'mroot':
      return `${first}√${group(base)}`;
    default:
      return lines.join('');
  }
}

function group(text: string): string {
  return text.length <= 1 || /^\p{N}+$/u.test(text) ? text : `(${text})`;
}

function dataOf(node: HtmlNode): string {
  if ('data' in node) return node.data;
  return 'children' in node ? node.children.map(dataOf).join('') : '';
}

function bareName({ name }: HtmlElement): string {
  return name.slice(name.indexOf(':') + 1);
}
