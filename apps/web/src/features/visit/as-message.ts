import type { ChatEvent, Citation, MessageView, VisitorEvent, VisitorMessage } from '../../views.ts';
import { type CitedPassage, findCited } from '../chat/cite-address.ts';

type VisitorCitation = VisitorMessage['citations'][number];

/** What the chat draws, of what a visitor is told. The rest of it is the owner's, and empty here. */
export function asMessage({ citations, ...message }: VisitorMessage): MessageView {
  return {
    ...message,
    citations: citations.map(asCitation),
    sources: [],
    model: null,
    scope: null,
    usage: null,
    fromCache: false,
    modelSkipped: null,
  };
}

/** By its number: no place in a document is behind it. */
function asCitation({ passage: _passage, ...citation }: VisitorCitation): Citation {
  return { ...citation, documentId: '', versionId: 0, chunkId: citation.number, startOffset: 0, endOffset: 0 };
}

export function asEvent(event: VisitorEvent): ChatEvent {
  switch (event.type) {
    case 'search-start':
      return { type: event.type, documentCount: 0 };
    case 'search-end':
      return { type: event.type, sources: [] };
    case 'citation-add':
      return { type: event.type, citation: asCitation(event.citation) };
    case 'answer-end':
      return { type: event.type, message: asMessage(event.message) };
    case 'claim-unsupported':
    case 'text-delta':
      return event;
  }
}

/** The citation of an address, with the words that were kept around it. Undefined when no answer has it. */
export function findKept(messages: readonly VisitorMessage[], address: string): CitedPassage | undefined {
  const cited = findCited(messages.map(asMessage), address);
  const citations = messages.find(({ id }) => id === cited?.messageId)?.citations;
  return cited && { ...cited, kept: citations?.find(({ number }) => number === cited.number)?.passage ?? null };
}
