import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withoutDatabase } from './test-suites.mjs';

const root = join(import.meta.dirname, '..');

test('what is not repeated on a server uses no database', () => {
  for (const pattern of withoutDatabase) {
    const tests = globSync(pattern, { cwd: root }).filter((path) => path.endsWith('.test.ts'));
    expect(tests.length).toBeGreaterThan(0);
    const using = tests.filter((path) =>
      /@twin\/db|ingestion-bench|create-test-deps|TEST_DATABASE_URL/.test(readFileSync(join(root, path), 'utf8')),
    );
    expect(using).toEqual([]);
  }
});
