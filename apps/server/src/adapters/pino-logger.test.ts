import { unreadable } from '@twin/core/documents/unreadable';
import { expect, test } from 'vitest';
import { createLogger } from './pino-logger.ts';

function logged(write: (logger: ReturnType<typeof createLogger>) => void): string {
  let output = '';
  const destination = { write: (line: string) => void (output += line) };
  write(createLogger({ level: 'debug', forPerson: false, destination }));
  return output;
}

test('an error is reduced to what is safe: no headers, parameters or rows', () => {
  const error = Object.assign(new Error('request failed'), {
    code: '23505',
    headers: { authorization: 'canary' },
    parameters: ['canary'],
    detail: 'Key (name)=(canary) exists',
  });
  error.cause = Object.assign(new Error('socket closed'), { request: 'canary' });

  const line = logged((logger) => logger.error({ error }, 'failed'));

  expect(line).not.toContain('canary');
  expect(JSON.parse(line)).toMatchObject({ error: { errorCode: '23505', cause: { message: 'socket closed' } } });
});

test('a file that cannot be read is a line with its reason and cause, an error nobody foresaw has its stack', () => {
  const error = unreadable('will.pdf', 'corrupt', new Error('bad XRef entry'));
  const line = logged((logger) => logger.warn({ error }, 'ingestion failed'));
  expect(JSON.parse(line)).toMatchObject({ error: { reason: 'corrupt', cause: { message: 'bad XRef entry' } } });
  expect(line).not.toContain('stack');
  expect(logged((logger) => logger.error({ error: new Error('odd') }, 'failed'))).toContain('pino-logger.test.ts');
});

test.each([
  ['a provider key', 'Incorrect API key provided: sk-canary1234567890'],
  ['a masked provider key', 'Incorrect API key provided: sk-canar*******7890'],
  ['our own key', 'no such key: twin_canary1234567890'],
  ['a bearer token', 'sent Bearer canary.canary'],
  ['a connection string', 'cannot connect to postgres://me:canary@host/db'],
])('%s quoted in a message is struck out', (_case, message) => {
  expect(logged((logger) => logger.error({ error: new Error(message) }, 'failed'))).not.toContain('canar');
});

test('fields that usually hold secrets are struck out', () => {
  const secrets = { password: 'canary', apiKey: 'canary', headers: { authorization: 'canary', cookie: 'canary' } };
  expect(logged((logger) => logger.info(secrets, 'fields'))).not.toContain('canary');
});
