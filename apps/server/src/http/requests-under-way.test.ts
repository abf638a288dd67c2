import { EventEmitter } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import type { HttpEnv } from './http-env.ts';
import { createRequestsUnderWay } from './requests-under-way.ts';

test('a caller who leaves does not end the request: what it began goes on, and a shutdown waits for it', async () => {
  const requests = createRequestsUnderWay();
  const work = Promise.withResolvers<void>();
  const app = new Hono<HttpEnv>();
  app.put('/', requests.count, async (c) => {
    await work.promise;
    return c.body(null);
  });
  const outgoing = new EventEmitter();
  const answered = app.request('/', { method: 'PUT' }, { outgoing });
  outgoing.emit('close');

  let isOver = false;
  const ended = requests.ended(60_000).then(() => {
    isOver = true;
  });
  await nextTurn();
  expect(isOver).toBe(false);
  work.resolve();
  await answered;
  await ended;
});

test('an answer that is still being sent is waited for, and one that never ends is not', async () => {
  const requests = createRequestsUnderWay();
  const app = new Hono<HttpEnv>();
  app.get('/', requests.count, (c) => c.body('an answer'));
  const outgoing = new EventEmitter();
  await app.request('/', {}, { outgoing });

  await requests.ended(1);
  const ended = requests.ended(60_000).then(() => 'ended');
  expect(await Promise.race([ended, nextTurn('under way')])).toBe('under way');
  outgoing.emit('close');
  expect(await ended).toBe('ended');
});
