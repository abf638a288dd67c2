import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { folderError, type ModelFolder, readModelFile, readModelFolder } from './model-folder.ts';

/** How the vectors of a text's pieces become one: their mean, or that of the mark at the beginning. */
export type Pooling = 'mean' | 'cls';

/** A sentence model. Its vectors are stored under `modelName`. */
export interface TransformerFolder extends ModelFolder {
  dimensions: number;
  pooling: Pooling;
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
  return { ...model, dimensions, pooling: poolingOf(folder) };
}

function poolingOf(folder: string): Pooling {
  const modules = existsSync(join(folder, 'modules.json')) ? readJson(folder, 'modules.json') : [];
  if (Array.isArray(modules) && modules.some(({ type }) => String(type).endsWith('.Dense'))) {
    throw refused(`the model in ${folder} has a further layer (Dense), which only its own tools run`);
  }
  const file = join('1_Pooling', 'config.json');
  if (!existsSync(join(folder, file))) return clsModels.test(basename(folder)) ? 'cls' : 'mean';
  const { pooling_mode_cls_token: isCls, pooling_mode_mean_tokens: isMean } = readJson(folder, file) as Record<
    string,
    unknown
  >;
  if (isCls === true) return 'cls';
  if (isMean === true) return 'mean';
  throw refused(`the model in ${folder} pools neither by the mean nor by its first mark`);
}

const readJson = (folder: string, file: string) => readModelFile('EMBEDDING_FOLDER', folder, file);
const refused = (reason: string) => folderError('EMBEDDING_FOLDER', reason);
