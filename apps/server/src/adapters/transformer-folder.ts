import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { ConfigurationError } from '../configuration-error.ts';

/** How the vectors of a text's pieces become one: their mean, or that of the mark at the beginning. */
export type Pooling = 'mean' | 'cls';

/** A sentence model for the CPU, as the Hugging Face hub and its tools lay one out in a folder. */
export interface TransformerFolder {
  folder: string;
  /** What its vectors are stored under: the folder's name, and a digest of the weights, since other weights are another model. */
  modelName: string;
  dimensions: number;
  /** Where the weights are: in `onnx/`, or beside the other files. */
  subfolder: 'onnx' | '';
  /** As Transformers.js names the form the weights are in. */
  dtype: string;
  pooling: Pooling;
}

/** The smallest first: on a CPU also the fastest, at 94 to 98 % of the quality by published measurements. */
const weightsFiles = [
  ['model_quantized.onnx', 'q8'],
  ['model_int8.onnx', 'int8'],
  ['model_uint8.onnx', 'uint8'],
  ['model.onnx', 'fp32'],
] as const;

/** Trained to speak through their first mark, by their cards; nearly all others take the mean. */
const clsModels = /\bbge\b|mxbai|arctic-embed|\bgte-.*v1\.5/i;

/**
 * Reads what is known of the model in a folder without running it.
 * @throws ConfigurationError for EMBEDDING_FOLDER that names the file which is missing, or what the model does that this cannot.
 */
export function readTransformerFolder(path: string): TransformerFolder {
  const folder = resolve(path);
  for (const file of ['config.json', 'tokenizer.json']) {
    if (!existsSync(join(folder, file))) throw folderError(`${folder} holds no ${file}`);
  }
  const weights = findWeights(folder);
  const { hidden_size: dimensions } = readJson(folder, 'config.json') as { hidden_size?: unknown };
  if (typeof dimensions !== 'number') throw folderError(`${join(folder, 'config.json')} names no hidden_size`);
  const digest = createHash('sha256').update(readFileSync(weights.path)).digest('hex').slice(0, 8);
  const name = basename(folder);
  const { subfolder, dtype } = weights;
  return { folder, modelName: `${name} (${digest})`, dimensions, subfolder, dtype, pooling: poolingOf(folder, name) };
}

function findWeights(folder: string): Pick<TransformerFolder, 'subfolder' | 'dtype'> & { path: string } {
  for (const subfolder of ['onnx', ''] as const) {
    for (const [file, dtype] of weightsFiles) {
      const path = join(folder, subfolder, file);
      if (existsSync(path)) return { path, subfolder, dtype };
    }
  }
  throw folderError(
    `${folder} holds no weights (${weightsFiles.map(([file]) => file).join(', ')}) in onnx/ or beside it`,
  );
}

function poolingOf(folder: string, name: string): Pooling {
  const modules = existsSync(join(folder, 'modules.json')) ? readJson(folder, 'modules.json') : [];
  if (Array.isArray(modules) && modules.some(({ type }) => String(type).endsWith('.Dense'))) {
    throw folderError(`the model in ${folder} has a further layer (Dense), which only its own tools run`);
  }
  const file = join('1_Pooling', 'config.json');
  if (!existsSync(join(folder, file))) return clsModels.test(name) ? 'cls' : 'mean';
  const { pooling_mode_cls_token: isCls, pooling_mode_mean_tokens: isMean } = readJson(folder, file) as Record<
    string,
    unknown
  >;
  if (isCls === true) return 'cls';
  if (isMean === true) return 'mean';
  throw folderError(`the model in ${folder} pools neither by the mean nor by its first mark`);
}

function readJson(folder: string, file: string): unknown {
  try {
    return JSON.parse(readFileSync(join(folder, file), 'utf8'));
  } catch (error) {
    throw folderError(
      `${join(folder, file)} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function folderError(reason: string): ConfigurationError {
  const nextStep =
    'Name a folder with config.json, tokenizer.json and onnx/model_quantized.onnx, such as “npm run cli -- model install <name>” makes.';
  return new ConfigurationError([{ name: 'EMBEDDING_FOLDER', reason, nextStep }]);
}
