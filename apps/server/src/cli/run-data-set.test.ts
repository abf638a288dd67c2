import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseEnv } from '../env.ts';
import { runDataSet } from './run-data-set.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'twin-data-set-'));
  write('set/corpus.jsonl', '{"id":"bees","title":"Bees","text":"A drone has no sting."}\n');
  write('set/queries.jsonl', '{"id":"1","text":"Does a drone have a sting?"}\n');
  write('set/qrels.tsv', '1\tbees\t1\n');
  write('home/transformer/runtime/node_modules/@huggingface/transformers/package.json', '{}');
  write('model/config.json', '{"hidden_size":2}');
  write('model/tokenizer.json', '{}');
  write('model/model.onnx', 'weights');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(file: string, content: string): void {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

function run(variables: Record<string, string>) {
  const env = parseEnv({ DATA_DIR: join(folder, 'home'), ...variables });
  return runDataSet(env, join(folder, 'set'), { library: join(folder, 'kept') });
}

test('a library that is kept is searched with the model that it was made with, or not at all', async () => {
  expect((await run({})).data).toMatchObject({ documentCount: 1 });
  expect((await run({})).data).toMatchObject({ documentCount: 1 });
  const withAnother = run({ EMBEDDING_FOLDER: join(folder, 'model') });
  await expect(withAnother).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringMatching(/another data set or other settings/),
  });
}, 120_000);
