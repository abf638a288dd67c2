import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { createAdaptorServer } from '@hono/node-server';
import type { TwinScope } from '@twin/db/scope';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { readJson } from '../rest/read-json.ts';
import { createEndpointApp } from '../testing/endpoint-app.ts';
import { answerLateBodies } from './answer-late-bodies.ts';
import { refuseLargeBodies } from './refuse-large-bodies.ts';

const app = createEndpointApp('unused' as unknown as TwinScope);
/** What came of each handler. */
const handled: unknown[] = [];
app.use('/api/*', answerLateBodies(400), refuseLargeBodies());
app.all('/api/*', async (c) => {
  try {
    const body = await readJson(c, z.unknown());
    handled.push(body);
    return c.json(body);
  } catch (error) {
    handled.push(error);
    throw error;
  }
});
const server = createAdaptorServer({ fetch: app.fetch });
let port: number;

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

/** A connection with the beginning of a request on it. */
function begin(lines: string[], body: string): Socket {
  const socket = connect(port, '127.0.0.1');
  socket.write([...lines, 'Host: localhost', 'Content-Type: application/json', '', body].join('\r\n'));
  return socket;
}

function statusAndBody(answer: string) {
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  return { status: Number(head.split(' ')[1]), closes: /^connection: close$/im.test(head), body: JSON.parse(body) };
}

const tooLate = {
  status: 408,
  closes: true,
  body: {
    error: {
      code: 'too-late',
      reason: 'body-late',
      message: expect.stringContaining('not complete after 0.4 s'),
    },
  },
};

test.each([
  ['announced', ['POST /api/ingest HTTP/1.1', 'Content-Length: 1000'], '{"half'],
  ['in chunks', ['POST /api/ingest HTTP/1.1', 'Transfer-Encoding: chunked'], '6\r\n{"half\r\n'],
  // No upload, whatever it sends.
  ['at the address of uploads', ['POST /api/uploads HTTP/1.1', 'Content-Length: 1000'], '{"half'],
])('a body that never ends is answered, and its work ends: %s', async (_how, lines, body) => {
  handled.length = 0;
  expect(statusAndBody(await text(begin(lines, body)))).toMatchObject(tooLate);
  // In chunks it is read before the handler is asked.
  expect(handled.filter((outcome) => !(outcome instanceof Error))).toEqual([]);
});

/** Goes on sending until it is cut off. */
async function dribble(): Promise<string> {
  const socket = begin(['POST /api/ingest HTTP/1.1', 'Content-Length: 1000000'], '"');
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  const sending = setInterval(() => socket.write('x'.repeat(100)), 1);
  let answer = '';
  socket.on('data', (bytes) => (answer += bytes.toString()));
  // It writes to a connection that has ended; what counts is what it has read.
  socket.on('error', () => undefined).on('close', resolve);
  await closed;
  clearInterval(sending);
  return answer;
}

test('who still sends when the time is over reads the answer as well', async () => {
  for (const answer of await Promise.all(Array.from({ length: 10 }, dribble))) {
    expect(statusAndBody(answer)).toMatchObject(tooLate);
  }
});

test('a body that is there in time may be worked on for longer, and a connection serves on', async () => {
  const socket = begin(['POST /api/ingest HTTP/1.1', 'Content-Length: 4'], 'true');
  socket.write('POST /api/ingest HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 5\r\n\r\n');
  setTimeout(() => socket.write('false'), 200);
  const answers = (await text(socket)).split('HTTP/1.1 200 OK').slice(1);
  expect(answers.map((answer) => answer.split('\r\n\r\n')[1])).toEqual(['true', 'false']);
});
