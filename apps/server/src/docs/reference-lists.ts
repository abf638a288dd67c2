import { listProcedures } from '@twin/api/testing/list-procedures';
import { rateLimitPolicies, rateLimitPolicyNames } from '@twin/core/rate-limit/policies';
import type { Db } from '@twin/db/db';
import { listColumns } from '@twin/db/testing/list-columns';
import { operations } from '../rest/openapi/operations.ts';

/** What docs/reference-lists.md holds: every endpoint, procedure, limit and table there is. */
export async function referenceLists(db: Db): Promise<string> {
  return `# Lists of the reference

Written by a test from the code: \`pnpm exec vitest run reference-lists -u\` writes it anew. The words around it are in
[reference.md](reference.md).

## REST

${table(
  ['Endpoint', 'What it does', 'For whom', 'Answers'],
  operations.map(({ method, path, summary, access, answers }) => [
    code(`${method.toUpperCase()} ${path}`),
    summary,
    { open: 'everyone', session: 'who is signed in', owner: 'the owner, API keys' }[access],
    [...new Set(answers.map(({ status }) => status))].join(', '),
  ]),
)}

## tRPC

${table(
  ['Procedure', 'Kind', 'Input', 'Door', 'For whom'],
  listProcedures().map(({ path, type, meta, inputs }) => [
    code(path),
    type,
    inputs.map(code).join(', '),
    meta?.door ?? '',
    meta?.allowed.join(', ') ?? '',
  ]),
)}

## Limits

As a new twin has them.

${table(
  ['Policy', 'Door', 'Counted per', 'Limit', 'Window in seconds', 'After a crash of the database'],
  rateLimitPolicyNames.map((name) => {
    const { door, per, limit, windowSeconds, ...rest } = rateLimitPolicies[name];
    return [
      code(name),
      door,
      per,
      String(limit),
      String(windowSeconds),
      'survivesCrash' in rest ? 'as before' : 'full again',
    ];
  }),
)}

## Tables

Embedding models add one each: \`chunk_embedding_<id>\`, with \`twin_id\`, \`chunk_id\`, \`version_id\` and \`embedding\`.

${table(
  ['Table', 'Columns'],
  (await listColumns(db)).map(({ name, columns }) => [code(name), columns]),
)}
`;
}

function code(text: string): string {
  return `\`${text}\``;
}

function table(head: string[], rows: string[][]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
