import { formatPages } from '../../format.ts';
import type { MessageView } from '../../views.ts';

/** The answer in Markdown with its numbered sources under it, so that a pasted claim keeps its proof or the lack of it. */
export function answerAsText({ text, citations }: Pick<MessageView, 'text' | 'citations'>): string {
  const marked = text.replaceAll(/\[\?\d{1,3}\]/g, '[unsupported]');
  if (citations.length === 0) {
    return marked;
  }
  const sources = citations.map(({ number, documentTitle, pageFrom, pageTo, pageKind, quote }) => {
    const pages = formatPages(pageFrom, pageTo, pageKind);
    return `[${number}] ${documentTitle}${pages === null ? '' : `, ${pages}`}: “${quote.replace(/\s+/g, ' ').trim()}”`;
  });
  return `${marked}\n\nSources\n${sources.join('\n')}\n`;
}
