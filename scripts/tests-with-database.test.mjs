import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSourceFile, readSourceFiles } from './source-files.mjs';
import { listTestsWithDatabase, testsReading } from './tests-with-database.mjs';

test('a test is run on a server where it, or what it imports, reads the server’s address', () => {
  const files = [
    ['packages/db/src/testing/open.ts', "const url = process.env['SERVER_URL'];"],
    ['packages/core/src/testing/bench.ts', "import { open } from '@twin/db/testing/open';"],
    ['packages/core/src/far.test.ts', "import { bench } from './testing/bench.ts';"],
    ['packages/core/src/itself.test.ts', "const url = process.env['SERVER_URL'];"],
    ['packages/core/src/type-alone.test.ts', "import type { Bench } from './testing/bench.ts';"],
    ['packages/core/src/said.test.ts', '// SERVER_URL is not read here.'],
    ['packages/core/src/round.ts', "import './round-again.ts';"],
    ['packages/core/src/round-again.ts', "import './round.ts';"],
    ['packages/core/src/round.test.ts', "import './round.ts';"],
    ['e2e/journey.spec.ts', "import { open } from '@twin/db/testing/open';"],
  ].map(([path = '', text = '']) => readSourceFile(path, text));
  expect(testsReading(files, 'SERVER_URL')).toEqual([
    'packages/core/src/far.test.ts',
    'packages/core/src/itself.test.ts',
  ]);
});

test('an import that leads nowhere is told, for a test behind it might be left out', () => {
  const file = readSourceFile('packages/core/src/lost.test.ts', "import './moved.ts';");
  expect(() => testsReading([file], 'SERVER_URL')).toThrow('lost.test.ts imports ./moved.ts');
});

test('here these are the tests of queries, and not those of readers', () => {
  const root = join(import.meta.dirname, '..');
  const tests = listTestsWithDatabase(root);
  expect(tests).toContain('packages/db/src/queries/search-plans.test.ts');
  expect(tests).toContain('packages/core/src/documents/ingest-version.test.ts');
  expect(tests).toContain('apps/server/src/kill.test.ts');
  const opening = /createTestDatabase|createTestHome|openIngestionBench|createServerTestDatabase/;
  const using = readSourceFiles(root).filter(
    ({ path, code }) => /^(?:apps|packages)\/.*\.test\.ts$/.test(path) && opening.test(code),
  );
  expect(using.map(({ path }) => path).filter((path) => !tests.includes(path))).toEqual([]);
  expect(tests).not.toContain('packages/core/src/documents/growth-of-time.test.ts');
});
