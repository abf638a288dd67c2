import { listProcedures } from '@twin/api/testing/list-procedures';
import * as fc from 'fast-check';
import { z } from 'zod';
import { operations } from '../rest/openapi/operations.ts';
import { mutationsOf, toJson, valuesFor } from './hostile-json.ts';

interface HostileRequest {
  path: string;
  init: { method: string; headers: Record<string, string>; body?: string | Uint8Array<ArrayBuffer> };
}

export interface HostileRoute {
  name: string;
  /** Requests as the route means them and as it does not, with these ids, which are there, in some of them. */
  requestsWith: (known: readonly string[]) => fc.Arbitrary<HostileRequest>;
}

/** This one waits for what it sends to be read, behind all that others have sent. */
const comesFirst = /ingest/;
/** They end the session, or bring the limits back. */
const comesLast = /sign-out|rateLimits\./;

/** Every procedure, and every endpoint beside them. */
export function listHostileRoutes(): HostileRoute[] {
  return [...listProcedures().map(procedureRoute), ...operations.map(restRoute)].toSorted(
    (a, b) => placeOf(a) - placeOf(b),
  );
}

function placeOf({ name }: HostileRoute): number {
  return Number(comesLast.test(name)) - Number(comesFirst.test(name));
}

function procedureRoute({ path, type, schema = {} }: ReturnType<typeof listProcedures>[number]): HostileRoute {
  const accept = type === 'subscription' ? 'text/event-stream' : 'application/json';
  const headers = { 'content-type': 'application/json', accept };
  return {
    name: path,
    requestsWith: (known) =>
      jsonFor(schema, known).map((input) => {
        if (type === 'mutation') return { path: `/api/trpc/${path}`, init: { method: 'POST', headers, body: input } };
        return { path: `/api/trpc/${path}?${queryOf({ input })}`, init: { method: 'GET', headers } };
      }),
  };
}

const pathIds = [
  'clock',
  'none',
  '%00',
  '%FF',
  '%ED%A0%80',
  '%252e%252e',
  '__proto__',
  'a'.repeat(300),
  '%F0%9F%98%80',
];

function restRoute({ method, path, body, parameters }: (typeof operations)[number]): HostileRoute {
  const contentType = body === 'bytes' ? 'application/octet-stream' : 'application/json';
  return {
    name: `${method} ${path}`,
    requestsWith: (known) => {
      const queries =
        parameters === undefined ? fc.constant('') : mostlyMeant(schemaOf(parameters), known).map(queryOf);
      return fc.tuple(fc.constantFrom(...pathIds), queries, bodiesFor(body, known)).map(([id, query, sent]) => ({
        path: `${path.replace('{id}', id)}?${query}`,
        init: { method: method.toUpperCase(), headers: { 'content-type': contentType }, ...(sent && { body: sent }) },
      }));
    },
  };
}

function bodiesFor(
  body: (typeof operations)[number]['body'],
  known: readonly string[],
): fc.Arbitrary<HostileRequest['init']['body']> {
  if (body === undefined) return fc.constant(undefined);
  return body === 'bytes' ? fc.uint8Array({ maxLength: 300 }) : jsonFor(schemaOf(body), known);
}

function schemaOf(schema: z.ZodType) {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
}

type Schema = Parameters<typeof valuesFor>[0];

/** A third of them as the schema means them, a third wrong in one place, and a third in two. */
function mostlyMeant(schema: Schema, known: readonly string[]): fc.Arbitrary<unknown> {
  const meant = valuesFor(schema, known);
  const wrong = meant.chain(mutationsOf);
  return fc.oneof(meant, wrong, wrong.chain(mutationsOf));
}

function jsonFor(schema: Schema, known: readonly string[]): fc.Arbitrary<string> {
  const noJson = fc.constantFrom('', '{', 'NaN', '\ufeff{}', '{"a":1}x', 'undefined', '"', '\ud800');
  return fc.oneof({ weight: 9, arbitrary: mostlyMeant(schema, known).map(toJson) }, { weight: 1, arbitrary: noJson });
}

/** Node takes an address of 16 KB. */
function queryOf(value: unknown): string {
  const pairs = Object.entries(value ?? {}).map(([name, one]): [string, string] => [name, String(one)]);
  return new URLSearchParams(pairs).toString().slice(0, 15_000);
}
