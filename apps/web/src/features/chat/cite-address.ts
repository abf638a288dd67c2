import type { AnswerSource, Citation, MessageView } from '../../views.ts';

/** A place in a document that an answer points at, as the source panel shows it. */
export interface CitedPassage {
  messageId: string;
  documentId: string;
  title: string;
  versionId: number;
  pageFrom: number | null;
  pageTo: number | null;
  pageKind?: 'slide' | undefined;
  headingPath: string[];
  startOffset: number;
  endOffset: number;
  /** The words as they were when the answer was written. */
  quote: string;
  /** Null for a passage that was found but not cited. */
  number: number | null;
  /** For a visitor, who cannot open the document: what was kept around the quote; null where nothing was. */
  kept?: string | null;
}

/** The address of a citation in the page's search: `<messageId>.<number>`. */
export function citeAddress(messageId: string, number: number): string {
  return `${messageId}.${number}`;
}

/** The address of a passage that was found and not cited: `<messageId>.s<position from 0>`. */
export function sourceAddress(messageId: string, position: number): string {
  return `${messageId}.s${position}`;
}

/** @returns undefined when no message holds what the address names. */
export function findCited(messages: readonly MessageView[], address: string): CitedPassage | undefined {
  const match = /^(.+)\.(s?)(\d+)$/.exec(address);
  const message = messages.find(({ id }) => id === match?.[1]);
  if (match === null || message === undefined) {
    return undefined;
  }
  const number = Number(match[3]);
  if (match[2] === 's') {
    const source = message.sources[number];
    return source && passageOfSource(message.id, source);
  }
  const citation = message.citations.find((candidate) => candidate.number === number);
  return citation && passageOfCitation(message.id, citation);
}

function passageOfCitation(messageId: string, { documentTitle: title, ...citation }: Citation): CitedPassage {
  return { ...citation, messageId, title };
}

function passageOfSource(messageId: string, { documentTitle: title, excerpt, ...source }: AnswerSource): CitedPassage {
  return { ...source, messageId, title, pageTo: null, quote: excerpt, number: null };
}
