import type { ChatEvent } from '../chat/chat-event.ts';
import type {
  AnswerSource,
  Citation,
  ConversationView,
  MessageError,
  MessageView,
  UnsupportedClaim,
} from '../chat/message-view.ts';
import type { StartedTurn } from '../chat/start-turn.ts';
import type {
  VisitorCitation,
  VisitorConversation,
  VisitorEvent,
  VisitorMessage,
  VisitorStartedTurn,
} from './visitor-view.ts';

/** Each field by its name: one that is added to the owner's views does not come along by itself. */
export function toVisitorMessage(message: MessageView): VisitorMessage {
  const { id, conversationId, role, state, text, outcome, createdAt, endedAt } = message;
  const citations = message.citations.map((citation) => toVisitorCitation(citation, message.sources));
  const unsupported = message.unsupported.map(toVisitorClaim);
  const error = message.error && toVisitorError(message.error);
  return { id, conversationId, role, state, text, outcome, citations, unsupported, error, createdAt, endedAt };
}

export function toVisitorConversation({ id, title, createdAt, updatedAt }: ConversationView): VisitorConversation {
  return { id, title, createdAt, updatedAt };
}

export function toVisitorTurn(turn: StartedTurn): VisitorStartedTurn {
  const { conversationId, messageId } = turn;
  const messages = turn.messages.map(toVisitorMessage);
  return { conversationId, messageId, conversation: toVisitorConversation(turn.conversation), messages };
}

/** Undefined for what is not a visitor's to see. @param sources those of the answer's `search-end`. */
export function toVisitorEvent(event: ChatEvent, sources: readonly AnswerSource[]): VisitorEvent | undefined {
  switch (event.type) {
    case 'search-start':
    case 'search-end':
      return { type: event.type };
    case 'citation-add':
      return { type: event.type, citation: toVisitorCitation(event.citation, sources) };
    case 'claim-unsupported':
      return { type: event.type, claim: toVisitorClaim(event.claim) };
    case 'text-delta':
      return { type: event.type, text: event.text };
    case 'answer-end':
      return { type: event.type, message: toVisitorMessage(event.message) };
    case 'model-retry':
    case 'model-skip':
    case 'model-start':
    case 'model-end':
    case 'answer-cached':
      return undefined;
  }
}

function toVisitorCitation(citation: Citation, sources: readonly AnswerSource[]): VisitorCitation {
  const { number, documentTitle, pageFrom, pageTo, pageKind, headingPath, quote } = citation;
  const place = { documentTitle, pageFrom, pageTo, ...(pageKind && { pageKind }), headingPath };
  return { number, ...place, quote, passage: passageAround(citation, sources) };
}

/** As much of the passage as was kept with the answer, where the quote stands in it. */
function passageAround({ versionId, startOffset, endOffset, quote }: Citation, sources: readonly AnswerSource[]) {
  const holding = sources.find(
    (source) =>
      source.versionId === versionId &&
      source.startOffset <= startOffset &&
      source.endOffset >= endOffset &&
      source.excerpt.includes(quote),
  );
  return holding?.excerpt ?? null;
}

function toVisitorClaim({ number, claim, quote, reason }: UnsupportedClaim): UnsupportedClaim {
  return { number, claim, quote, reason };
}

/** What the model's endpoint says of itself is the owner's to read. */
function toVisitorError({ code, retryAfterMs }: MessageError): MessageError {
  switch (code) {
    case 'too-large':
      return { code, message: 'The question is too long to be answered. Ask a shorter one.', retryAfterMs: null };
    case 'canceled':
      return { code, message: 'The answer broke off. Ask again for a whole one.', retryAfterMs: null };
    default:
      return {
        code: 'internal',
        message: 'The twin could not finish this answer. Try again in a moment.',
        retryAfterMs,
      };
  }
}
