import { parseDocument } from 'htmlparser2';
import { type HtmlNode, isText } from './html-node.ts';

/**
 * Replaces each Office equation by a run of text that reads it in one line (`(a+b)/(2c)`, `x^(2)`), because Mammoth
 * leaves equations out. Scans forward only, so unclosed equations cost nothing extra.
 */
export function linearizeEquations(documentXml: string): { xml: string; count: number } {
  const parts: string[] = [];
  let count = 0;
  let from = 0;
  for (;;) {
    const start = documentXml.indexOf('<m:oMath>', from);
    const end = start < 0 ? -1 : documentXml.indexOf('</m:oMath>', start);
    if (end < 0) break;
    const equation = documentXml.slice(start, end + '</m:oMath>'.length);
    const before = documentXml.slice(from, start);
    // One right behind another is another equation.
    const gap = count > 0 && before.trim() === '' ? ' ' : '';
    parts.push(before, `<w:r><w:t xml:space="preserve">${gap}${escapeXml(linearize(equation))}</w:t></w:r>`);
    count += 1;
    from = end + '</m:oMath>'.length;
  }
  parts.push(documentXml.slice(from));
  // Display equations wrap theirs in a paragraph element of their own, which Mammoth skips whole.
  return { xml: parts.join('').replace(/<\/?m:oMathPara>|<m:oMathParaPr>.*?<\/m:oMathParaPr>/gs, ''), count };
}

function linearize(equationXml: string): string {
  return parseDocument(equationXml, { xmlMode: true }).children.map(textOf).join('').replaceAll('\u2061', ' ');
}

function textOf(node: HtmlNode): string {
  if (!('attribs' in node)) return '';
  const part = (name: string) =>
    node.children.map((child) => ('attribs' in child && child.name === name ? textOf(child) : '')).join('');
  switch (node.name) {
    case 'm:t':
      return node.children.map((child) => (isText(child) ? child.data : '')).join('');
    case 'm:f':
      return `${group(part('m:num'))}/${group(part('m:den'))}`;
    case 'm:sSup':
      return `${part('m:e')}^${group(part('m:sup'))}`;
    case 'm:sSub':
      return `${part('m:e')}_${group(part('m:sub'))}`;
    case 'm:sSubSup':
      return `${part('m:e')}_${group(part('m:sub'))}^${group(part('m:sup'))}`;
    case 'm:rad':
      return `${part('m:deg')}√${group(part('m:e'))}`;
    case 'm:d':
      return `(${part('m:e')})`;
    default:
      return node.children.map(textOf).join('');
  }
}

function group(text: string): string {
  return text.length <= 1 ? text : `(${text})`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
