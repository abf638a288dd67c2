import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { EmbeddingPrefixes } from './embedding-prefixes.ts';
import { readModelFile } from './model-folder.ts';

const file = 'config_sentence_transformers.json';

/** As sentence-transformers looks for them, the first that a model has. */
const questionPrompts = ['query'];
const passagePrompts = ['document', 'passage', 'corpus'];

/**
 * What a model's folder says goes before a question and before a passage, in the file of sentence-transformers. Undefined
 * where it says nothing or empty prompts alone, which that library also writes for models whose prompts it was not told.
 *
 * @throws ConfigurationError when the file is no JSON.
 */
export function readPrompts(folder: string): EmbeddingPrefixes | undefined {
  if (!existsSync(join(folder, file))) return undefined;
  const config = readModelFile('EMBEDDING_FOLDER', folder, file) as {
    prompts?: Record<string, unknown> | null;
    default_prompt_name?: string | null;
  };
  const textOf = (names: readonly string[]): string => {
    const prompts = config.prompts ?? {};
    const text = [...names, config.default_prompt_name ?? ''].map((name) => prompts[name]).find((one) => one != null);
    return typeof text === 'string' ? text : '';
  };
  const said = { question: textOf(questionPrompts), passage: textOf(passagePrompts) };
  return said.question === '' && said.passage === '' ? undefined : said;
}
