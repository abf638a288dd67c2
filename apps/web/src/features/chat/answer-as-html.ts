import type { MessageView } from '../../views.ts';
import { sourceLines, unsupportedWord } from './answer-as-text.ts';

/** What the writer of the answer chose, and not this page. */
const meant: ReadonlySet<string> = new Set(['start', 'colspan', 'rowspan', 'align']);

/**
 * The answer as it is shown, for programs that paste with format: chips as their numbers, the sources under it, and nothing
 * of this page's own classes and buttons.
 */
export function answerAsHtml(shown: Element, citations: MessageView['citations']): string {
  const copy = document.createElement('div');
  copy.append(...[...shown.childNodes].map((node) => node.cloneNode(true)));
  for (const chip of copy.querySelectorAll('.citation-chip')) {
    chip.replaceWith(
      element('sup', 'unsupported' in (chip as HTMLElement).dataset ? unsupportedWord : `[${chip.textContent}]`),
    );
  }
  for (const head of copy.querySelectorAll('.code-block > :not(pre)')) head.remove();
  for (const box of copy.querySelectorAll('input')) box.replaceWith(box.checked ? '☑' : '☐');
  for (const cell of copy.querySelectorAll<HTMLElement>('th, td')) {
    if (cell.style.textAlign !== '') cell.setAttribute('align', cell.style.textAlign);
  }
  for (const each of copy.querySelectorAll('*')) {
    for (const name of each.getAttributeNames()) if (!meant.has(name)) each.removeAttribute(name);
  }
  if (citations.length > 0) {
    const heading = document.createElement('p');
    heading.append(element('strong', 'Sources'));
    copy.append(heading, ...sourceLines(citations).map((line) => element('p', line)));
  }
  return copy.innerHTML;
}

function element(name: 'sup' | 'strong' | 'p', text: string): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
