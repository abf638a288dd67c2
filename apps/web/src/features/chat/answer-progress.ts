import type { ChatEvent, MessageView } from '../../views.ts';

/** An answer while it is made: the message as far as it is known, and what is happening to it now. */
export interface AnswerProgress {
  message: MessageView;
  step: 'starting' | 'searching' | 'found' | 'writing' | 'over';
  /** How many documents are searched; null before the search has begun. */
  documentCount: number | null;
  retry: { waitMs: number; reason: string } | null;
  /** Sequence of the last event applied. A replay repeats events; each counts once. */
  sequence: number;
}

/** Begins from nothing: the replay brings everything, also what was stored of the text so far. */
export function startProgress(message: MessageView): AnswerProgress {
  return {
    message: { ...message, text: '', citations: [], unsupported: [], sources: [] },
    step: 'starting',
    documentCount: null,
    retry: null,
    sequence: 0,
  };
}

/** @returns the same object when the event has been applied before. */
export function applyEvent(progress: AnswerProgress, sequence: number, event: ChatEvent): AnswerProgress {
  if (sequence <= progress.sequence) {
    return progress;
  }
  return { ...progress, ...changesOf(progress, event), sequence };
}

function changesOf(progress: AnswerProgress, event: ChatEvent): Partial<AnswerProgress> {
  const { message } = progress;
  switch (event.type) {
    case 'search-start':
      return { step: 'searching', documentCount: event.documentCount };
    case 'search-end':
      return { step: 'found', message: { ...message, sources: event.sources } };
    case 'model-retry':
      return { retry: { waitMs: event.waitMs, reason: event.reason } };
    case 'answer-cached':
      return { message: { ...message, fromCache: true } };
    case 'model-skip':
      return { message: { ...message, modelSkipped: event.reason } };
    case 'model-start':
    case 'model-end':
      return {};
    case 'citation-add':
      return { message: { ...message, citations: [...message.citations, event.citation] } };
    case 'claim-unsupported':
      return { message: { ...message, unsupported: [...message.unsupported, event.claim] } };
    case 'text-delta':
      return { step: 'writing', retry: null, message: { ...message, text: message.text + event.text } };
    case 'answer-end':
      return { step: 'over', retry: null, message: event.message };
  }
}
