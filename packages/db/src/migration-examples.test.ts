import { glob, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LOCAL_TWIN_ID, mintTwinScope } from './scope.ts';
import { copyPreparedDataFolder } from './testing/embedded-test-database.ts';
import { runMigrationExamples } from './testing/migration-examples.ts';

const page = await readFile(new URL('../../../docs/migration-functions.md', import.meta.url), 'utf8');
const source = await readFile(new URL('./testing/migration-examples.ts', import.meta.url), 'utf8');

const withoutLayout = (text: string) =>
  text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/, ([}\])])/g, ' $1')
    .trim();

test('every example on the page is code that compiles', () => {
  const examples = [...page.matchAll(/```ts\n(.*?)```/gs)].map(([, code = '']) => withoutLayout(code));
  expect(examples.length).toBeGreaterThan(10);
  for (const example of examples) expect(withoutLayout(source)).toContain(example);
});

test('the product itself calls every function on the page', async () => {
  const names = [...page.matchAll(/^\| `(\w+)\(/gm)].map(([, name = '']) => name);
  expect(names).toHaveLength(12);
  const root = new URL('../../../', import.meta.url).pathname;
  const texts: string[] = [];
  for await (const file of glob('{packages/{core,db},apps/server}/src/**/*.ts', { cwd: root })) {
    if (!/\.test\.ts$|\/testing\//.test(file)) texts.push(await readFile(join(root, file), 'utf8'));
  }
  const called = (name: string) =>
    texts.some((text) => new RegExp(`(?<!function )(?<!\\w)${name}\\(`).test(text.replaceAll(/^ *(\*|\/\/).*$/gm, '')));
  expect(names.filter((name) => !called(name))).toEqual([]);
});

test('the examples do what the page says', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'digital-twin-test-'));
  try {
    await copyPreparedDataFolder(dataDir);
    const embedding = Float32Array.from([0.6, 0.8]);
    const scope = mintTwinScope(LOCAL_TWIN_ID);
    expect(await runMigrationExamples({ home: 'embedded', dataDir }, scope, embedding)).toMatchObject({
      applied: [],
      similar: [{ id: 'doc-1-chunk-0', content: 'Bees dance.', metadata: { title: 'Bees', source: 'bees.md' } }],
      vector: { id: 'doc-1-chunk-0', embedding },
      deleted: 1,
      greeting: '{"text":"Hello"}',
      wasThere: true,
      allowed: true,
      remaining: 9,
      count: 1,
      wasCounted: true,
    });
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
});
