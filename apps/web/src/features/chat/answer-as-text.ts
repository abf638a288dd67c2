import { formatPages } from '../../format.ts';
import type { MessageView } from '../../views.ts';

/** What a claim says that nothing backs, where a chip cannot say it. */
export const unsupportedWord = '[unsupported]';

/** The answer in Markdown with its numbered sources under it, so that a pasted claim keeps its proof or the lack of it. */
export function answerAsText({ text, citations }: Pick<MessageView, 'text' | 'citations'>): string {
  const marked = text.replaceAll(/\[\?\d{1,3}\]/g, unsupportedWord);
  return citations.length === 0 ? marked : `${marked}\n\nSources\n${sourceLines(citations).join('\n')}\n`;
}

/** `[1] Title, page 3: “quote”`, one for each citation. */
export function sourceLines(citations: MessageView['citations']): string[] {
  return citations.map(({ number, documentTitle, pageFrom, pageTo, pageKind, quote }) => {
    const pages = formatPages(pageFrom, pageTo, pageKind);
    return `[${number}] ${documentTitle}${pages === null ? '' : `, ${pages}`}: “${quote.replace(/\s+/g, ' ').trim()}”`;
  });
}
