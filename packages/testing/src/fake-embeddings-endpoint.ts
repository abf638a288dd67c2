import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { bagOfWordsVector } from './bag-of-words-vector.ts';
import type { FakeModelBehaviour, FakeModelRequest } from './fake-model-behaviour.ts';
import { sendHttpError, sendJson } from './fake-model-response.ts';

/** Plays one behaviour on `/v1/embeddings`. Widths: 1536 for `text-embedding-3-small`, else 256. */
export async function answerEmbeddings(
  behaviour: FakeModelBehaviour,
  seen: FakeModelRequest,
  response: ServerResponse,
): Promise<void> {
  switch (behaviour.kind) {
    case 'http-error':
      return sendHttpError(response, behaviour);
    case 'error-body':
      return sendJson(response, 200, { error: { message: 'The engine crashed.' } });
    case 'malformed':
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"data": [');
      return;
    case 'stall':
    case 'endless':
      return;
    case 'cut':
    case 'hang-up':
      response.destroy();
      return;
    case 'answer':
      await sleep((behaviour.msPerText ?? 0) * textsOf(seen.body).length);
      await behaviour.heldUntil;
      return sendJson(response, 200, embeddingsOf(behaviour, seen.body));
    case 'wrong-width':
    case 'not-a-number':
      return sendJson(response, 200, embeddingsOf(behaviour, seen.body));
  }
}

function embeddingsOf(behaviour: FakeModelBehaviour, body: Record<string, unknown>): object {
  const { model } = body as { model: string };
  const modelWidth = model === 'text-embedding-3-small' ? 1536 : 256;
  const width = behaviour.kind === 'wrong-width' ? behaviour.dimensions : modelWidth;
  const turn = behaviour.kind === 'answer' && behaviour.perModel === true ? turnOf(model, width) : 0;
  const data = textsOf(body).map((text, index) => {
    const vector = bagOfWordsVector(text, width);
    const embedding: (number | null)[] = [...vector.slice(turn), ...vector.slice(0, turn)];
    // JSON has no NaN; servers that compute one send null.
    if (behaviour.kind === 'not-a-number') embedding[0] = null;
    return { object: 'embedding', index, embedding };
  });
  return { object: 'list', model, data, usage: { prompt_tokens: 1, total_tokens: 1 } };
}

function textsOf({ input }: Record<string, unknown>): string[] {
  return [input as string | string[]].flat();
}

/** By how many places a model's vectors are turned: all directions are as likely, so two models' have no likeness. */
function turnOf(model: string, width: number): number {
  return Array.from(model).reduce((sum, character) => (31 * sum + (character.codePointAt(0) ?? 0)) % width, 0);
}
