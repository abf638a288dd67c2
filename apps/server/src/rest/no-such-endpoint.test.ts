import { expect, test } from 'vitest';
import { noSuchEndpoint } from './no-such-endpoint.ts';

test.each([
  ['POST', '/api/uploads', '/api/uploads is there for PUT, not for POST.'],
  ['PATCH', '/api/documents/a', '/api/documents/a is there for GET and DELETE, not for PATCH.'],
  ['GET', '/api/nothing', 'There is nothing at this address.'],
])('%s %s: %s', (method, path, sentence) => {
  expect(noSuchEndpoint(method, path)).toMatchObject({ code: 'not-found', message: expect.stringContaining(sentence) });
});
