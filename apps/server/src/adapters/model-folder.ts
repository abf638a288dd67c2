import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { ConfigurationError } from '../configuration-error.ts';

/** The setting that names a folder, which problems of the folder are told about. */
export type FolderSetting = 'EMBEDDING_FOLDER' | 'RERANKER_FOLDER';

/** A model for the CPU, as the Hugging Face hub and its tools lay one out in a folder. */
export interface ModelFolder {
  folder: string;
  /** The folder's name, and a digest of the weights, since other weights are another model. */
  modelName: string;
  /** Where the weights are: in `onnx/`, or beside the other files. */
  subfolder: 'onnx' | '';
  /** As Transformers.js names the form the weights are in. */
  dtype: string;
}

/** The smallest first: on a CPU also the fastest, at 94 to 98 % of the quality by published measurements. */
const weightsFiles = [
  ['model_quantized.onnx', 'q8'],
  ['model_int8.onnx', 'int8'],
  ['model_uint8.onnx', 'uint8'],
  ['model.onnx', 'fp32'],
] as const;

/**
 * Reads what is known of the model in a folder without running it.
 * @throws ConfigurationError that names the file which is missing.
 */
export function readModelFolder(setting: FolderSetting, path: string): ModelFolder {
  const folder = resolve(path);
  for (const file of ['config.json', 'tokenizer.json']) {
    if (!existsSync(join(folder, file))) throw folderError(setting, `${folder} holds no ${file}`);
  }
  const found = findWeights(folder);
  if (found === undefined) {
    const names = weightsFiles.map(([file]) => file).join(', ');
    throw folderError(setting, `${folder} holds no weights (${names}) in onnx/ or beside it`);
  }
  const { path: weights, ...where } = found;
  const digest = createHash('sha256').update(readFileSync(weights)).digest('hex').slice(0, 8);
  return { folder, modelName: `${basename(folder)} (${digest})`, ...where };
}

function findWeights(folder: string): (Pick<ModelFolder, 'subfolder' | 'dtype'> & { path: string }) | undefined {
  for (const subfolder of ['onnx', ''] as const) {
    for (const [file, dtype] of weightsFiles) {
      const path = join(folder, subfolder, file);
      if (existsSync(path)) return { path, subfolder, dtype };
    }
  }
  return undefined;
}

/** @throws ConfigurationError when the file is no JSON. */
export function readModelFile(setting: FolderSetting, folder: string, file: string): unknown {
  try {
    return JSON.parse(readFileSync(join(folder, file), 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw folderError(setting, `${join(folder, file)} cannot be read: ${reason}`);
  }
}

export function folderError(setting: FolderSetting, reason: string): ConfigurationError {
  const nextStep =
    'Name a folder with config.json, tokenizer.json and onnx/model_quantized.onnx, such as “npm run cli -- model install <name>” makes.';
  return new ConfigurationError([{ name: setting, reason, nextStep }]);
}
