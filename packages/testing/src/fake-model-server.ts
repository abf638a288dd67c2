import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerChat } from './fake-chat-endpoint.ts';
import { answerEmbeddings } from './fake-embeddings-endpoint.ts';
import type { FakeModelBehaviour, FakeModelRequest } from './fake-model-behaviour.ts';
import { sendJson } from './fake-model-response.ts';

type ModelEndpoint = 'chat' | 'embeddings';
const endpointByPath: Record<string, ModelEndpoint> = {
  '/v1/chat/completions': 'chat',
  '/v1/embeddings': 'embeddings',
};

export interface FakeModelServer {
  /** Ends in `/v1`: what `OPENAI_BASE_URL` takes. */
  baseUrl: string;
  /** Each behaviour serves one request of its endpoint, in order; then the default serves again. */
  enqueue(...behaviours: FakeModelBehaviour[]): void;
  /** What requests of its endpoint meet when nothing is queued. It starts as `{ kind: 'answer' }`. */
  setDefault(behaviour: FakeModelBehaviour): void;
  /** Every model request so far, oldest first. */
  requests: FakeModelRequest[];
  close(): Promise<void>;
}

/**
 * An OpenAI-compatible server on loopback whose faults are scripted. Over HTTP it is scripted the same way:
 * `POST /control/enqueue` with a list of behaviours, `POST /control/default` with one, `GET /control/requests`.
 */
export async function startFakeModelServer(options: { port?: number } = {}): Promise<FakeModelServer> {
  const requests: FakeModelRequest[] = [];
  const queues: Record<ModelEndpoint, FakeModelBehaviour[]> = { chat: [], embeddings: [] };
  const defaults: Record<ModelEndpoint, FakeModelBehaviour> = {
    chat: { kind: 'answer' },
    embeddings: { kind: 'answer', endpoint: 'embeddings' },
  };
  const enqueue = (...behaviours: FakeModelBehaviour[]): void => {
    for (const behaviour of behaviours) queues[behaviour.endpoint ?? 'chat'].push(behaviour);
  };
  const setDefault = (behaviour: FakeModelBehaviour): void => {
    defaults[behaviour.endpoint ?? 'chat'] = behaviour;
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://fake').pathname;
    const body = await readJson(request);
    if (path === '/control/requests') return sendJson(response, 200, requests);
    if (path === '/control/enqueue') enqueue(...(body as unknown as FakeModelBehaviour[]));
    if (path === '/control/default') setDefault(body as unknown as FakeModelBehaviour);
    if (path.startsWith('/control/')) return sendJson(response, 200, {});
    if (path === '/v1/models') return sendJson(response, 200, { object: 'list', data: [{ id: 'fake-chat' }] });

    const endpoint = endpointByPath[path];
    if (!endpoint) return sendJson(response, 404, { error: { message: `No such path: ${path}` } });
    const seen = record(request, response, path, body);
    requests.push(seen);
    const behaviour = queues[endpoint].shift() ?? defaults[endpoint];
    if (endpoint === 'chat') await answerChat(behaviour, seen, response);
    else await answerEmbeddings(behaviour, seen, response);
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    enqueue,
    setDefault,
    requests,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function record(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  body: Record<string, unknown>,
): FakeModelRequest {
  const seen: FakeModelRequest = {
    path,
    authorization: request.headers.authorization ?? null,
    body,
    receivedAt: Date.now(),
    tokensSent: 0,
    endedAt: null,
    abortedAt: null,
  };
  response.on('close', () => {
    if (response.writableFinished) seen.endedAt = Date.now();
    else seen.abortedAt = Date.now();
  });
  return seen;
}

async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text === '' ? {} : JSON.parse(text);
}
