import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkDependencies } from './check-dependencies.mjs';

/** @type {string} */
let root;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'dependencies-'));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

const told = 'pgvector 0.8, and Postgres 18.4, 17.10, 16.14 or 15.18';

/** @param {Record<string, string>} files */
function findingsOf(files) {
  for (const [path, text] of Object.entries({ 'pnpm-lock.yaml': '', 'docs/deployment.md': told, ...files })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return checkDependencies(root).findings;
}

it.each([
  ['kysely@0.28.16', 'kysely 0.28.16 is older than 0.28.17'],
  ["'@trpc/server@11.7.2'", '@trpc/server 11.7.2 is older than 11.8.0'],
  ['mammoth@1.9.0', 'mammoth 1.9.0 is older than 1.12.2'],
  ['pdfjs-dist@6.2.107', 'pdfjs-dist 6.2.107 is older than 6.2.108'],
  ['xlsx@0.18.5', 'xlsx 0.18.5 must not be used'],
])('reports %s in the lockfile', (entry, expected) => {
  const findings = findingsOf({ 'pnpm-lock.yaml': `packages:\n\n  ${entry}:\n    resolution: {}\n` });
  expect(findings).toEqual([expect.stringContaining(expected)]);
});

it('takes the floor itself, and packages whose names only begin alike', () => {
  const entries = ["'@trpc/server@11.10.0(typescript@7.0.2)'", 'kysely@0.28.17', 'mammoth-like@1.0.0'];
  expect(findingsOf({ 'pnpm-lock.yaml': entries.map((entry) => `  ${entry}:\n`).join('') })).toEqual([]);
});

it('reports a release of Postgres that nobody is told of', () => {
  expect(findingsOf({ 'docs/deployment.md': told.replace('17.10', '17.9') })).toEqual([
    expect.stringContaining('17.10'),
  ]);
});

it('reports an old copy of pdf.js in another package', () => {
  const path = 'node_modules/.pnpm/read-pdf@1.0.0/node_modules/read-pdf/dist/pdf.worker.mjs';
  expect(findingsOf({ [path]: '/* pdfjsVersion = 5.6.83 */' })).toEqual([expect.stringContaining('pdf.js 5.6.83')]);
});
