import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FakeModelBehaviour, FakeModelRequest } from './fake-model-behaviour.ts';
import { sendHttpError, sendJson } from './fake-model-response.ts';
import { groundedAnswer } from './grounded-answer.ts';

/** Plays one behaviour on `/v1/chat/completions`, streamed when the request says `stream: true`. */
export async function answerChat(
  behaviour: FakeModelBehaviour,
  seen: FakeModelRequest,
  response: ServerResponse,
): Promise<void> {
  if (behaviour.kind === 'http-error') return sendHttpError(response, behaviour);
  if (behaviour.kind === 'hang-up') {
    response.destroy();
    return;
  }
  if (behaviour.kind === 'error-body' && !behaviour.asEvent) {
    return sendJson(response, 200, { error: { message: 'The engine crashed.' } });
  }
  if (behaviour.kind === 'stall' && !behaviour.afterTokens) return;
  if (seen.body.stream === true) await streamAnswer(behaviour, seen, response);
  else sendWholeAnswer(behaviour, seen, response);
}

async function streamAnswer(
  behaviour: FakeModelBehaviour,
  seen: FakeModelRequest,
  response: ServerResponse,
): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const send = (event: unknown): void => void response.write(`data: ${JSON.stringify(event)}\n\n`);
  const tokensMax = tokensMaxOf(behaviour, seen);
  const pauseMs = 'msPerToken' in behaviour ? (behaviour.msPerToken ?? 0) : 0;

  send(chunkOf({ role: 'assistant', content: '' }));
  let isWhole = true;
  for (const token of tokensOf(behaviour, seen)) {
    isWhole = seen.tokensSent < tokensMax;
    if (!isWhole || response.destroyed) break;
    // Also without a pause the caller must get a chance to leave an endless answer.
    if (behaviour.kind === 'answer' && seen.tokensSent === behaviour.heldAfterTokens) await behaviour.heldUntil;
    if (pauseMs > 0 || behaviour.kind === 'endless') await sleep(pauseMs);
    send(chunkOf({ content: token }));
    seen.tokensSent += 1;
  }
  if (behaviour.kind === 'stall') return;
  if (behaviour.kind === 'malformed') response.write('data: {"choices": [{"delta"\n\n');
  if (behaviour.kind === 'error-body') send({ error: { message: 'The engine crashed.' } });
  if (behaviour.kind === 'cut' && !behaviour.politely) {
    // Let what was written leave first: a cut stream is one that had begun.
    await sleep(20);
    response.destroy();
    return;
  }
  if (behaviour.kind === 'answer') {
    await behaviour.heldUntil;
    send(chunkOf({}, isWhole ? 'stop' : 'length'));
    const usage = { prompt_tokens: 10, completion_tokens: seen.tokensSent, total_tokens: 10 + seen.tokensSent };
    if (seen.body.stream_options) send({ ...chunkOf({}), choices: [], usage });
    response.write('data: [DONE]\n\n');
  }
  response.end();
}

function sendWholeAnswer(behaviour: FakeModelBehaviour, seen: FakeModelRequest, response: ServerResponse): void {
  if (behaviour.kind === 'answer') {
    const message = { role: 'assistant', content: [...tokensOf(behaviour, seen)].join('') };
    const choices = [{ index: 0, message, finish_reason: 'stop' }];
    return sendJson(response, 200, { id: 'chatcmpl-fake', object: 'chat.completion', model: 'fake-chat', choices });
  }
  if (behaviour.kind === 'stall') return;
  if (behaviour.kind === 'cut') {
    response.destroy();
    return;
  }
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"choices": [');
}

function tokensMaxOf(behaviour: FakeModelBehaviour, { body }: FakeModelRequest): number {
  const limit = body.max_tokens ?? body.max_completion_tokens;
  const asked = typeof limit === 'number' ? limit : Number.POSITIVE_INFINITY;
  if (behaviour.kind === 'answer') return behaviour.tokensMax ?? asked;
  if (behaviour.kind === 'endless') return Number.POSITIVE_INFINITY;
  if (behaviour.kind === 'error-body') return 0;
  return 'afterTokens' in behaviour ? (behaviour.afterTokens ?? 3) : 0;
}

function* tokensOf(behaviour: FakeModelBehaviour, seen: FakeModelRequest): Generator<string> {
  if (behaviour.kind === 'endless') {
    for (;;) yield 'and so on ';
  }
  const text = 'text' in behaviour ? behaviour.text : undefined;
  const messages = (seen.body.messages ?? []) as { content: string }[];
  const answer = text ?? groundedAnswer(messages.map(({ content }) => content));
  // Four characters a token: markers such as [12] arrive in pieces, as they do from real models.
  for (const [token] of answer.matchAll(/.{1,4}/gsu)) yield token;
}

function chunkOf(delta: object, finishReason: string | null = null): object {
  const choices = [{ index: 0, delta, finish_reason: finishReason }];
  return { id: 'chatcmpl-fake', object: 'chat.completion.chunk', created: 0, model: 'fake-chat', choices };
}
