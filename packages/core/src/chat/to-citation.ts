import type { Passage } from '../retrieval/passage.ts';
import type { AnswerSource, Citation } from './message-view.ts';
import type { Quote } from './pick-quote.ts';
import { pageSpan } from './place-on-pages.ts';

const excerptCharactersMax = 320;

/** The pages are the quote's own where the passage knows them, else all of the passage's. */
export function toCitation(number: number, passage: Passage, quote: Quote): Citation {
  const { documentId, documentTitle, versionId, chunkId, headingPath } = passage;
  const { pageFrom, pageTo } = pageSpan(passage.pages ?? [], quote) ?? passage;
  const place = { documentId, documentTitle, versionId, chunkId, pageFrom, pageTo, ...pageKind(passage), headingPath };
  return { number, ...place, ...quote };
}

export function toSource(passage: Passage): AnswerSource {
  const { documentId, documentTitle, versionId, chunkId, pageFrom, headingPath, startOffset, endOffset, score } =
    passage;
  const place = { documentId, documentTitle, versionId, chunkId, pageFrom, headingPath, startOffset, endOffset };
  return { ...place, ...pageKind(passage), excerpt: excerptOf(passage.content), score };
}

/** PowerPoint's and OpenDocument's presentations, by their media types. */
function pageKind({ mediaType }: Passage): Pick<Citation, 'pageKind'> {
  return /presentation|powerpoint/.test(mediaType ?? '') ? { pageKind: 'slide' } : {};
}

function excerptOf(content: string): string {
  if (content.length <= excerptCharactersMax) return content;
  const cut = content.slice(0, excerptCharactersMax);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), excerptCharactersMax / 2)).toWellFormed()}…`;
}
