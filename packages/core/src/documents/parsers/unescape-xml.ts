import { parseDocument } from 'htmlparser2';
import { isText } from './html-node.ts';

/** The text that stands so in XML, between tags. */
export function unescapeXml(xmlText: string): string {
  const [node] = parseDocument(xmlText, { xmlMode: true }).children;
  return node !== undefined && isText(node) ? node.data : '';
}
