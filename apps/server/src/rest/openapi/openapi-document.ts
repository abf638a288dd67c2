import { z } from 'zod';
import { errorAnswer } from './answers.ts';
import type { Answer, Operation } from './operation.ts';
import { operations } from './operations.ts';

/** The REST doors in OpenAPI 3.1, made from the schemas that check what comes in. */
export function openApiDocument(): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    const { path, method } = operation;
    paths[path] = { ...paths[path], [method]: describe(operation) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Digital Twin',
      version: '1',
      description:
        'Limits are told in `RateLimit-Limit`, `RateLimit-Remaining` and `RateLimit-Reset` (seconds), and when one is ' +
        'reached in `Retry-After`. On a loopback address no credentials are asked for. `x-user-id` is a label, never proof.',
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: { Error: schemaOf(errorAnswer, 'output') },
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'twin.session_token' },
      },
    },
  };
}

function describe({ path, summary, access, parameters, body, answers }: Operation) {
  return {
    summary,
    security: { open: [], session: [{ session: [] }], owner: [{ apiKey: [] }, { session: [] }] }[access],
    parameters: [...pathParametersOf(path), ...queryParametersOf(parameters)],
    ...(body === undefined ? {} : { requestBody: { required: true, content: bodyContentOf(body) } }),
    responses: { ...answersOf(answers), default: { description: 'What went wrong.', content: errorContent } },
  };
}

const errorContent = { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } };

function pathParametersOf(path: string) {
  return Array.from(path.matchAll(/\{(\w+)\}/g), ([, name]) => {
    return { name, in: 'path', required: true, schema: { type: 'string' } };
  });
}

function queryParametersOf(parameters: z.ZodObject | undefined) {
  if (parameters === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(parameters, 'input');
  return Object.entries(properties).map(([name, schema]) => {
    return { name, in: 'query', required: required.includes(name), schema };
  });
}

/** One entry for each status; what a status can be sent as stands side by side in it. */
function answersOf(answers: readonly Answer[]) {
  const byStatus = Map.groupBy(answers, ({ status }) => String(status));
  return Object.fromEntries(
    Array.from(byStatus, ([status, sameStatus]) => {
      const description = sameStatus.map((answer) => answer.description).join(' ');
      const content = Object.fromEntries(sameStatus.flatMap((answer) => answerContentOf(answer.content)));
      return [status, { description, content }];
    }),
  );
}

function bodyContentOf(body: z.ZodType | 'bytes') {
  if (body === 'bytes') return { '*/*': {} };
  return { 'application/json': { schema: schemaOf(body, 'input') } };
}

function answerContentOf(content: Answer['content']): [string, object][] {
  switch (content) {
    case 'bytes':
      return [['application/octet-stream', {}]];
    case 'events':
      return [['text/event-stream', { schema: { type: 'string' } }]];
    case 'nothing':
      return [];
    case 'picture':
      return [['image/webp', {}]];
    case 'text':
      return [['text/plain', { schema: { type: 'string' } }]];
    default:
      return [['application/json', { schema: schemaOf(content, 'output') }]];
  }
}

/** OpenAPI 3.1 takes JSON Schema as it is; what a refinement demands beyond it is said by the error. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output') {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ jsonSchema }) => leaveOutNoise(jsonSchema),
  });
  return rest;
}

/** A pattern beside a format, the bounds of every whole number, and a promise that no field will ever be added. */
function leaveOutNoise(schema: z.core.JSONSchema.BaseSchema): void {
  if (schema.format !== undefined) delete schema.pattern;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.additionalProperties === false) delete schema.additionalProperties;
}
