import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type EmbeddingPrefixes, embeddingPrefixes } from './embedding-prefixes.ts';
import { folderError, type ModelFolder, readModelFile, readModelFolder } from './model-folder.ts';
import { readPrompts } from './transformer-prompts.ts';

/** How the vectors of a text's pieces become one: their mean, or that of the mark at the beginning. */
export type Pooling = 'mean' | 'cls';

/** A sentence model. Its vectors are stored under `modelName`. */
export interface TransformerFolder extends ModelFolder {
  dimensions: number;
  pooling: Pooling;
  prefixes: EmbeddingPrefixes | null;
}

/** Trained to speak through their first mark, by their cards; nearly all others take the mean. */
const clsModels = /\bbge\b|mxbai|arctic-embed|\bgte-.*v1\.5/i;

/**
 * Reads what is known of the sentence model in a folder without running it.
 * @throws ConfigurationError for EMBEDDING_FOLDER that names the file which is missing, or what the model does that this cannot.
 */
export function readTransformerFolder(path: string): TransformerFolder {
  const model = readModelFolder('EMBEDDING_FOLDER', path);
  const { folder } = model;
  const { hidden_size: dimensions } = readJson(folder, 'config.json') as { hidden_size?: unknown };
  if (typeof dimensions !== 'number') throw refused(`${join(folder, 'config.json')} names no hidden_size`);
  return { ...model, ...prefixesOf(model), dimensions, pooling: poolingOf(folder) };
}

/** What the folder itself says goes before the rest; prompts that its family does not have make other vectors, and so another model. */
function prefixesOf({ folder, modelName }: ModelFolder): Pick<TransformerFolder, 'modelName' | 'prefixes'> {
  const prefixes = embeddingPrefixes(modelName);
  const said = readPrompts(folder);
  if (said === undefined) return { modelName, prefixes };
  if (said.question === prefixes?.question && said.passage === prefixes.passage) return { modelName, prefixes };
  const digest = createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 8);
  return { modelName: `${modelName}, prompts ${digest}`, prefixes: said };
}

interface PoolingConfig {
  /** Of sentence-transformers since its sixth version. */
  pooling_mode?: string | string[];
  include_prompt?: boolean;
  [flag: `pooling_mode_${string}`]: unknown;
}

function poolingOf(folder: string): Pooling {
  const modules = existsSync(join(folder, 'modules.json')) ? readJson(folder, 'modules.json') : [];
  if (Array.isArray(modules) && modules.some(({ type }) => String(type).endsWith('.Dense'))) {
    throw refused(`the model in ${folder} has a further layer (Dense), which only its own tools run`);
  }
  const file = join('1_Pooling', 'config.json');
  if (!existsSync(join(folder, file))) return clsModels.test(basename(folder)) ? 'cls' : 'mean';
  const config = readJson(folder, file) as PoolingConfig;
  if (config.include_prompt === false) throw refused(`the model in ${folder} leaves its prompt out of what it pools`);
  const [mode, ...others] = poolingModes(config);
  if (others.length === 0 && mode === 'cls') return 'cls';
  if (others.length === 0 && mode === 'mean') return 'mean';
  throw refused(`the model in ${folder} pools neither by the mean nor by its first mark`);
}

function poolingModes({ pooling_mode: modes, ...flags }: PoolingConfig): string[] {
  if (modes !== undefined) return [modes].flat();
  const set = Object.entries(flags).filter(([name, value]) => name.startsWith('pooling_mode_') && value === true);
  return set.map(([name]) => name.replace('pooling_mode_', '').replace(/_tokens?$/, ''));
}

const readJson = (folder: string, file: string) => readModelFile('EMBEDDING_FOLDER', folder, file);
const refused = (reason: string) => folderError('EMBEDDING_FOLDER', reason);
