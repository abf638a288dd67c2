import type { ChatEvent } from './chat-event.ts';
import type { MessageView } from './message-view.ts';

/**
 * The message after one more event. Applied to every event from the first, it yields exactly the stored message; before the
 * last, exactly what is written so far, its cost aside.
 */
export function foldChatEvent(message: MessageView, event: ChatEvent): MessageView {
  switch (event.type) {
    case 'search-start':
    case 'model-retry':
      return message;
    case 'search-end': {
      const { sources, spent } = event;
      return { ...message, sources, usage: spent ? { ...spent, cost: null } : message.usage };
    }
    case 'answer-cached':
      return { ...message, fromCache: true };
    case 'model-skip':
      return { ...message, modelSkipped: event.reason };
    case 'model-start': {
      const { promptTokens } = event;
      return { ...message, usage: { promptTokens, completionTokens: 0, isEstimated: true, cost: null } };
    }
    case 'model-end': {
      const { promptTokens, completionTokens } = event;
      return { ...message, usage: { promptTokens, completionTokens, isEstimated: false, cost: null } };
    }
    case 'citation-add':
      return { ...message, citations: [...message.citations, event.citation] };
    case 'claim-unsupported':
      return { ...message, unsupported: [...message.unsupported, event.claim] };
    case 'text-delta':
      return { ...message, text: message.text + event.text };
    case 'answer-end':
      return event.message;
  }
}
