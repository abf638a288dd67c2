import { appRouter } from '../app-router.ts';
import type { ProcedureMeta } from '../trpc.ts';

interface Definition {
  type: 'query' | 'mutation' | 'subscription';
  meta?: ProcedureMeta;
}

/** Every procedure there is, by its path. */
export function listProcedures(): { path: string; type: Definition['type']; meta: ProcedureMeta | undefined }[] {
  // oxlint-disable no-underscore-dangle -- tRPC names its definitions so. At run time the record is flat.
  const procedures = appRouter._def.procedures as unknown as Record<string, { _def: Definition }>;
  return Object.entries(procedures).map(([path, { _def }]) => ({ path, type: _def.type, meta: _def.meta }));
}
