import { rateLimitPolicies } from '@twin/core/rate-limit/policies';
import { expect, test } from 'vitest';
import { appRouter } from './app-router.ts';
import type { ProcedureMeta } from './trpc.ts';

interface Inventoried {
  _def: { type: string; meta?: ProcedureMeta };
}

// Flat at run time, `documents.list` and so on; typed as the nested record it was made from.
const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, Inventoried>);

test.each(procedures)('%s says who may call it and what a call counts against', (_path, procedure) => {
  const { meta, type } = procedure._def;

  expect(Object.keys(rateLimitPolicies)).toContain(meta?.policy);
  expect(meta?.allowed).not.toContain('visitor');
  expect(type === 'mutation' ? meta?.policy !== 'read' : true).toBe(true);
});
