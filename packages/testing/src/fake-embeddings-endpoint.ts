import type { ServerResponse } from 'node:http';
import { bagOfWordsVector } from './bag-of-words-vector.ts';
import type { FakeModelBehaviour, FakeModelRequest } from './fake-model-behaviour.ts';
import { sendHttpError, sendJson } from './fake-model-response.ts';

/** Plays one behaviour on `/v1/embeddings`. Widths: 1536 for `text-embedding-3-small`, else 256. */
export function answerEmbeddings(
  behaviour: FakeModelBehaviour,
  seen: FakeModelRequest,
  response: ServerResponse,
): void {
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
    case 'wrong-width':
    case 'not-a-number':
      return sendJson(response, 200, embeddingsOf(behaviour, seen.body));
  }
}

function embeddingsOf(behaviour: FakeModelBehaviour, body: Record<string, unknown>): object {
  const { model, input } = body as { model: string; input: string | string[] };
  const modelWidth = model === 'text-embedding-3-small' ? 1536 : 256;
  const width = behaviour.kind === 'wrong-width' ? behaviour.dimensions : modelWidth;
  const data = [input].flat().map((text, index) => {
    const embedding: (number | null)[] = bagOfWordsVector(text, width);
    // JSON has no NaN; servers that compute one send null.
    if (behaviour.kind === 'not-a-number') embedding[0] = null;
    return { object: 'embedding', index, embedding };
  });
  return { object: 'list', model, data, usage: { prompt_tokens: 1, total_tokens: 1 } };
}
