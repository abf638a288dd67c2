import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkLayers } from './check-layers.mjs';

/** @type {string} */
let root;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'layers-'));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

/** @param {string} path @param {string} text */
function findingsIn(path, text) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  return checkLayers(root).findings;
}

/** @type {[string, string, string, string][]} what is planted: its rule, path, text, and a part of what must be said */
const violations = [
  ['db imports core', 'packages/db/src/a.ts', "import type { X } from '@twin/core/x';", 'none of our packages'],
  ['core imports api', 'packages/core/src/a.ts', "import { x } from '@twin/api/x';", 'through Deps'],
  ['api imports db', 'packages/api/src/a.ts', "import {\n  x,\n} from '@twin/db/queries/x';", 'rows stop there'],
  ['a dynamic import counts', 'packages/core/src/a.ts', "const x = await import('@twin/server/x');", 'through Deps'],
  ['web imports api values', 'apps/web/src/a.ts', "import { x } from '@twin/api/x';", '`import type`'],
  ['web imports core', 'apps/web/src/a.tsx', "import type { X } from '@twin/core/x';", 'a procedure in packages/api'],
  ['the product imports test code', 'apps/server/src/a.ts', "import { x } from '@twin/testing/x';", 'at run time'],
  [
    'a relative path leaves its package',
    'packages/core/src/a.ts',
    "import { x } from '../../db/src/x.ts';",
    'leaves packages/core',
  ],
  ['SDK in core', 'packages/core/src/a.ts', "import OpenAI from 'openai';", 'apps/server/src/adapters'],
  ['SDK type in core', 'packages/core/src/a.ts', "import type { PgBoss } from 'pg-boss';", 'JobQueue'],
  ['sub-path of an SDK', 'apps/server/src/http.ts', "import { x } from '@better-auth/api-key/client';", 'adapters'],
  ['driver outside db', 'apps/server/src/adapters/a.ts', "import pg from 'pg';", 'packages/db'],
  ['HTTP in core', 'packages/core/src/a.ts', "import { Hono } from 'hono';", 'apps/server'],
  ['tRPC in core', 'packages/core/src/a.ts', "import { x } from '@trpc/server';", 'AppError'],
  ['query builder in core', 'packages/core/src/a.ts', "db\n  .selectFrom('document')", 'packages/db/src/queries'],
  ['sql tag in core', 'packages/core/src/a.ts', 'sql<number>`x`', 'packages/db/src/queries'],
  ['raw SQL in a string', 'apps/server/src/a.ts', "run('delete from document ')", 'packages/db/src/queries'],
  ['environment outside env.ts', 'apps/server/src/a.ts', 'const x = process.env.HOME;', 'env.ts'],
  ['TRPCError outside api', 'packages/core/src/a.ts', 'throw new TRPCError();', 'error-map'],
  ['scope minted elsewhere', 'apps/server/src/http.ts', 'const s = mintTwinScope(1);', 'Principal'],
  [
    'a query without a scope',
    'packages/db/src/queries/x.ts',
    'export async function findX(\n  db: Db,\n  id: string,\n): Promise<X> {}',
    'findX, which takes no',
  ],
  ['a query in a transaction', 'packages/db/src/queries/x.ts', 'export function a(tx: Tx): void {}', 'take the scope'],
  [
    'a query in a constant',
    'packages/db/src/queries/x.ts',
    'export const a = async (db: Db) => db.all();',
    'exports a,',
  ],
  [
    'a generic one, with a type of its own',
    'packages/db/src/queries/x.ts',
    'export const a: Query<X> = async <T>(\n  x: (y: T) => T,\n  tx: Tx,\n): Promise<T> => x;',
    'exports a,',
  ],
  ['a function as a value', 'packages/db/src/queries/x.ts', 'export const a = function (db: Db) {};', 'exports a,'],
  [
    'a query beside others that are about the server',
    'packages/db/src/queries/ping.ts',
    'export function pingDatabase(db: Db): void {}\n\nexport function listX(db: Db): void {}',
    'exports listX,',
  ],
  [
    'an exception that is none any more',
    'packages/db/src/queries/ping.ts',
    'export function pingDatabase(db: Db, scope: TwinScope): void {}',
    'no query pingDatabase without a scope',
  ],
  ['vague name', 'packages/core/src/string-utils.ts', '', 'says nothing'],
  ['vague folder', 'packages/core/src/helpers/trim.ts', '', 'says nothing'],
  ['name not in kebab-case', 'packages/core/src/trimText.ts', '', 'kebab-case'],
  ['barrel', 'packages/core/src/index.ts', '', 'barrel'],
  ['too long', 'packages/core/src/a.ts', 'x();\n'.repeat(301), '300 is the most'],
];

describe('a planted violation is reported at its place with where the code belongs', () => {
  it.each(violations)('%s', (_rule, path, text, advice) => {
    const findings = findingsIn(path, text);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toContain(path);
    expect(findings[0]).toContain(advice);
  });
});

it('reports packages that import one another', () => {
  findingsIn('packages/core/src/a.ts', "import { x } from '@twin/db/x';");
  const findings = findingsIn('packages/db/src/a.ts', "import { x } from '@twin/core/x';");
  expect(findings.join('\n')).toMatch(/@twin\/core reaches itself[\s\S]*@twin\/db reaches itself/);
});

/** @type {[string, string, string][]} */
const allowed = [
  [
    'arrows that point down',
    'apps/server/src/main.ts',
    "import { x } from '@twin/db/client';\nimport type { Y } from '@twin/core/y';",
  ],
  ['types of the api in the web app', 'apps/web/src/trpc.ts', "import type { AppRouter } from '@twin/api/app-router';"],
  ['the queue in jobs', 'apps/server/src/jobs/queue.ts', "import { PgBoss } from 'pg-boss';"],
  ['a query in db', 'packages/db/src/queries/x.ts', "db.selectFrom('x')"],
  [
    'a query with its scope, and what asks nothing',
    'packages/db/src/queries/x.ts',
    'export async function* listX(db: Db, scope: TwinScope): AsyncGenerator<X> {}\nexport function of(x: X): Y {}\n' +
      'export const max = (1 + 2) * 3;\nexport const findX = (db: Db, scope: TwinScope, of: (x: X) => Y) => of(db);',
  ],
  ['a query about the server', 'packages/db/src/queries/ping.ts', 'export function pingDatabase(db: Db): void {}'],
  [
    'a comment that names SQL',
    'packages/core/src/a.ts',
    '// one select x from y here\n/** db.selectFrom( */\nexport const a = 1;',
  ],
  [
    'tests that look behind the doors',
    'packages/core/src/a.test.ts',
    "import { x } from '@twin/testing/x';\nmintTwinScope(1);",
  ],
  ['a route named by its path', 'apps/web/src/routes/index.tsx', ''],
];

it.each(allowed)('lets pass: %s', (_what, path, text) => {
  expect(findingsIn(path, text)).toEqual([]);
});
