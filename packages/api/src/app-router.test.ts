import { rateLimitDoors } from '@twin/core/rate-limit/policies';
import { expect, test } from 'vitest';
import { listProcedures } from './testing/list-procedures.ts';

test.each(listProcedures())('$path says who may call it and at which door a call is counted', ({ type, meta }) => {
  expect(rateLimitDoors).toContain(meta?.door);
  expect(meta?.allowed).not.toContain('visitor');
  expect([type, meta?.door]).not.toEqual(['mutation', 'read']);
});
