import type { ChatEvent } from '@twin/core/chat/chat-event';
import type { Logger } from '@twin/core/ports';
import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { HttpEnv } from '../http/http-env.ts';
import { errorBodyOf } from './respond-with-error.ts';

/** A comment this often keeps proxies from cutting a stream while a model thinks. */
const pingMs = 15_000;

/**
 * The events of one answer as server-sent events: `event: <type>`, `data: <json>`, and at last `data: [DONE]`. What
 * fails before the first event is an ordinary error response; what fails later is an `error` event.
 */
export async function streamChat(
  c: Context<HttpEnv>,
  events: AsyncGenerator<ChatEvent>,
  logger: Logger,
): Promise<Response> {
  const first = await events.next();
  return streamSSE(c, async (stream) => {
    const ping = setInterval(() => void stream.write(': ping\n\n'), pingMs);
    try {
      for (let step = first; step.done !== true && !stream.aborted; step = await events.next()) {
        await stream.writeSSE({ event: step.value.type, data: JSON.stringify(step.value) });
      }
    } catch (error) {
      const { body } = errorBodyOf(error, c.get('requestId'), logger);
      await stream.writeSSE({ event: 'error', data: JSON.stringify(body) });
    } finally {
      clearInterval(ping);
      await events.return(undefined);
    }
    await stream.writeSSE({ data: '[DONE]' });
  });
}
