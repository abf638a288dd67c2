import { z } from 'zod';
import { appRouter } from '../app-router.ts';
import type { ProcedureMeta } from '../trpc.ts';

interface Definition {
  type: 'query' | 'mutation' | 'subscription';
  meta?: ProcedureMeta;
  inputs: readonly unknown[];
}

interface ListedProcedure {
  path: string;
  type: Definition['type'];
  meta: ProcedureMeta | undefined;
  /** The names of what goes in; optional ones end in a question mark. */
  inputs: string[];
}

/** Every procedure there is, by its path. */
export function listProcedures(): ListedProcedure[] {
  // oxlint-disable no-underscore-dangle -- tRPC names its definitions so. At run time the record is flat.
  const procedures = appRouter._def.procedures as unknown as Record<string, { _def: Definition }>;
  return Object.entries(procedures).map(([path, { _def }]) => {
    return { path, type: _def.type, meta: _def.meta, inputs: _def.inputs.flatMap(fieldsOf) };
  });
}

function fieldsOf(input: unknown): string[] {
  if (!(input instanceof z.ZodObject)) return [];
  const { properties = {}, required = [] } = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' });
  return Object.keys(properties).map((name) => (required.includes(name) ? name : `${name}?`));
}
