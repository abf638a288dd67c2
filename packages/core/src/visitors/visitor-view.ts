import type { AnswerOutcome, Citation, MessageError, MessageView, UnsupportedClaim } from '../chat/message-view.ts';

/*
 * All that a visitor sees of a conversation. What is not named here does not leave: no id of a document, a version or a
 * passage, nothing that was found and not cited, no model, no cost.
 */

/** A citation by its number alone, with the words as they were when the answer was written. */
export interface VisitorCitation
  extends Pick<Citation, 'number' | 'documentTitle' | 'pageFrom' | 'pageTo' | 'pageKind' | 'headingPath' | 'quote'> {
  /** What stands around the quote; null where no more of it was kept with the answer. */
  passage: string | null;
}

export interface VisitorMessage extends Pick<MessageView, 'id' | 'conversationId' | 'role' | 'state' | 'text'> {
  outcome: AnswerOutcome | null;
  citations: VisitorCitation[];
  unsupported: UnsupportedClaim[];
  error: MessageError | null;
  createdAt: string;
  endedAt: string | null;
}

export interface VisitorConversation {
  id: string;
  title: string;
  createdAt: string;
  updatedAt: string;
}

export interface VisitorStartedTurn {
  conversationId: string;
  messageId: string;
  conversation: VisitorConversation;
  messages: VisitorMessage[];
}

/** As `ChatEvent`, with what is the owner's left out. */
export type VisitorEvent =
  | { type: 'search-start' }
  | { type: 'search-end' }
  | { type: 'citation-add'; citation: VisitorCitation }
  | { type: 'claim-unsupported'; claim: UnsupportedClaim }
  | { type: 'text-delta'; text: string }
  | { type: 'answer-end'; message: VisitorMessage };
