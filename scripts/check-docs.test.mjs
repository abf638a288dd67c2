import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkDocs } from './check-docs.mjs';

/** @type {string} */
let root;

/** @param {Record<string, string>} files */
function write(files) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'docs-'));
  write({
    'apps/server/src/env.ts': 'const variables = z.object({\n  PORT: a,\n  LOG_LEVEL: z\n    .enum([]),\n});\n',
    'README.md': '| `PORT` | x |\n| `LOG_LEVEL` | x |\nSee [more](docs/more.md) and `apps/server/src/env.ts`.\n',
    'docs/more.md': 'Back to [the start](../README.md#top). A query lives in `packages/db/src/queries/<noun>.ts`.\n',
    '.env.example': '# PORT=3000\nLOG_LEVEL=info\n',
  });
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

it('finds nothing where documents and code agree', () => {
  expect(checkDocs(root)).toEqual({ documentCount: 2, settingCount: 2, findings: [] });
});

it('reports a setting that is not documented, and a documented one that is not read', () => {
  write({ 'README.md': '| `PORT` | x |\n| `COLOUR` | x |\n' });
  expect(checkDocs(root).findings).toEqual([
    "README.md's table lacks LOG_LEVEL",
    "README.md's table names COLOUR, which env.ts does not read",
  ]);
});

it('reports paths and links that lead nowhere', () => {
  write({ 'docs/more.md': 'See `packages/core/src/gone.ts` and [gone](gone.md).\n' });
  expect(checkDocs(root).findings).toEqual([
    'docs/more.md names packages/core/src/gone.ts, which does not exist',
    'docs/more.md names docs/gone.md, which does not exist',
  ]);
});

it('reports a package whose manifest the image lacks', () => {
  write({
    Dockerfile: 'COPY packages/db/package.json packages/db/\n',
    'packages/db/package.json': '{}',
    'packages/core/package.json': '{}',
  });
  expect(checkDocs(root).findings).toEqual(['Dockerfile does not copy packages/core/package.json']);
});

it('reports a setting that does not reach the container', () => {
  write({ 'compose.yaml': 'services:\n  app:\n    environment:\n      HOST: 0.0.0.0\n' });
  expect(checkDocs(root).findings).toEqual(['compose.yaml does not pass LOG_LEVEL on']);
});
