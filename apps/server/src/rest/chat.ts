import { errorMap } from '@twin/api/error-map';
import { askedScope, question, text } from '@twin/api/fields';
import { AppError, type AppErrorCode } from '@twin/core/app-error';
import type { ChatEvent } from '@twin/core/chat/chat-event';
import { completeChat } from '@twin/core/chat/complete-chat';
import type { MessageError, MessageView } from '@twin/core/chat/message-view';
import { limits } from '@twin/core/limits';
import type { Handler } from 'hono';
import { z } from 'zod';
import type { HttpEnv } from '../http/http-env.ts';
import type { ServerParts } from '../http/server-parts.ts';
import { readJson } from './read-json.ts';
import { streamChat } from './stream-chat.ts';

const message = z.object({
  role: z.enum(['user', 'assistant', 'system']),
  content: text(limits.ingestContentCharactersMax),
});

export const chatBody = z.object({
  messages: z
    .array(message)
    .min(1)
    .max(limits.historyMessagesMax)
    .refine((messages) => messages.at(-1)?.role === 'user', 'the last message must be from the user')
    .refine((messages) => question.safeParse(messages.at(-1)?.content).success, {
      message: `the last message must be a question of 1 to ${limits.questionCharactersMax} characters`,
    }),
  stream: z.boolean().default(false),
  scope: askedScope.exactOptional(),
});

/** `POST /api/chat`: one answer, whole as JSON or as it is written. A caller who leaves ends it. */
export function chatEndpoint({ deps, closing }: ServerParts): Handler<HttpEnv> {
  return async (c) => {
    const { messages, stream, ...part } = await readJson(c, chatBody);
    const { signal } = c.req.raw;
    const events = completeChat(deps, c.get('principal'), { messages, ...part, signal, closing });
    if (stream || c.req.header('accept')?.includes('text/event-stream') === true) {
      return await streamChat(c, events, deps.logger);
    }
    const answer = await lastMessage(events);
    if (closing.aborted && answer.state === 'failed') throw serverStopping();
    return c.json(answerOf(answer));
  };
}

async function lastMessage(events: AsyncIterable<ChatEvent>): Promise<MessageView> {
  for await (const event of events) {
    if (event.type === 'answer-end') {
      return event.message;
    }
  }
  throw new AppError('canceled', 'The answer was stopped before it was complete.');
}

/** What a caller gets who does not ask for a stream. */
export interface ChatAnswer
  extends Pick<MessageView, 'outcome' | 'citations' | 'unsupported' | 'sources' | 'conversationId'> {
  message: { role: 'assistant'; content: string };
}

function answerOf(message: MessageView): ChatAnswer {
  const { text: content, outcome, citations, unsupported, sources, conversationId, error } = message;
  if (error !== null) {
    throw errorOf(error);
  }
  return { message: { role: 'assistant', content }, outcome, citations, unsupported, sources, conversationId };
}

/** Behind a balancer another server takes the next call at once; alone, this one is back in some seconds. */
function serverStopping(): AppError {
  const message = 'The server stopped while answering. Ask again in a moment.';
  return new AppError('overloaded', message, { reason: 'server-stopping', retryAfterMs: 5_000 });
}

function errorOf({ code, message: words, retryAfterMs }: MessageError): AppError {
  const known = code in errorMap ? (code as AppErrorCode) : 'internal';
  return new AppError(known, words, retryAfterMs === null ? {} : { retryAfterMs });
}
