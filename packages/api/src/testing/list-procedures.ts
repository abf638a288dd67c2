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
  /** What goes in, as JSON Schema; undefined where nothing does. */
  schema: z.core.JSONSchema.BaseSchema | undefined;
}

/** Every procedure there is, by its path. */
export function listProcedures(): ListedProcedure[] {
  // oxlint-disable no-underscore-dangle -- tRPC names its definitions so. At run time the record is flat.
  const procedures = appRouter._def.procedures as unknown as Record<string, { _def: Definition }>;
  return Object.entries(procedures).map(([path, { _def }]) => {
    const schema = _def.inputs.map(schemaOf).at(-1);
    return { path, type: _def.type, meta: _def.meta, inputs: fieldsOf(schema), schema };
  });
}

function schemaOf(input: unknown): z.core.JSONSchema.BaseSchema {
  return z.toJSONSchema(input as z.ZodType, { io: 'input', unrepresentable: 'any' });
}

function fieldsOf({ properties = {}, required = [] }: z.core.JSONSchema.BaseSchema = {}): string[] {
  return Object.keys(properties).map((name) => (required.includes(name) ? name : `${name}?`));
}
