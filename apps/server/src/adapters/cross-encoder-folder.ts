import { folderError, type ModelFolder, readModelFile, readModelFolder } from './model-folder.ts';

/** One score, or one for "no" before one for "yes". Models with more, as of entailment, judge something else. */
const labelsMax = 2;

/**
 * Reads what is known of the cross-encoder in a folder without running it.
 * @throws ConfigurationError for RERANKER_FOLDER that names the file which is missing, or why the model cannot judge passages.
 */
export function readCrossEncoderFolder(path: string): ModelFolder {
  const model = readModelFolder('RERANKER_FOLDER', path);
  if (isCrossEncoder(model.folder)) return model;
  const reason = `the model in ${model.folder} is no cross-encoder, which reads a question with a passage and gives one score`;
  throw folderError('RERANKER_FOLDER', reason);
}

/** @throws ConfigurationError when the folder's config.json is no JSON. */
export function isCrossEncoder(folder: string): boolean {
  const config = readModelFile('RERANKER_FOLDER', folder, 'config.json') as {
    architectures?: unknown;
    id2label?: object;
  };
  const isClassifier = String(config.architectures).endsWith('ForSequenceClassification');
  return isClassifier && Object.keys(config.id2label ?? {}).length <= labelsMax;
}
