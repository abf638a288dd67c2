import { rateLimitPolicies } from '@twin/core/rate-limit/policies';
import { expect, test } from 'vitest';
import { listProcedures } from './testing/list-procedures.ts';

test.each(listProcedures())('$path says who may call it and what a call counts against', ({ type, meta }) => {
  expect(Object.keys(rateLimitPolicies)).toContain(meta?.policy);
  expect(meta?.allowed).not.toContain('visitor');
  expect([type, meta?.policy]).not.toEqual(['mutation', 'read']);
});
