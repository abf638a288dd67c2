import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ConfigurationError } from '../configuration-error.ts';
import type { FolderSetting, ModelFolder } from './model-folder.ts';

/** The part of Transformers.js that is used. It is installed on demand, so its own types are not here. */
export interface TransformersJs {
  env: {
    allowRemoteModels: boolean;
    allowLocalModels: boolean;
    localModelPath: string;
    cacheDir: string;
    remoteHost: string;
  };
  pipeline: (task: 'feature-extraction', model: string, options: ModelOptions) => Promise<FeatureExtraction>;
  AutoTokenizer: { from_pretrained: (model: string, options: ModelOptions) => Promise<Tokenizer> };
  AutoModelForSequenceClassification: {
    from_pretrained: (model: string, options: ModelOptions) => Promise<SequenceClassifier>;
  };
}

type ModelOptions = Record<string, unknown>;

export interface FeatureExtraction {
  (texts: string[], options: { pooling: string; normalize: boolean }): Promise<{ dims: number[]; data: Float32Array }>;
  dispose(): Promise<void>;
}

type Tokenizer = (texts: string[], options: { text_pair: string[]; truncation: boolean }) => object;

interface SequenceClassifier {
  (inputs: object): Promise<{ logits: { dims: number[]; data: Float32Array } }>;
  dispose(): Promise<void>;
}

/** What the thread of a model is started with. */
export interface ModelWorkerData<Folder extends ModelFolder = ModelFolder> {
  model: Folder;
  runtime: string;
  threads: number;
}

const library = '@huggingface/transformers';

/** Where `model install` puts what runs a transformer, and the models it fetches. */
export function transformerHome(dataDir: string): { runtime: string; models: string } {
  return { runtime: join(dataDir, 'transformer', 'runtime'), models: join(dataDir, 'transformer', 'models') };
}

export function isRuntimeInstalled(runtime: string): boolean {
  return existsSync(join(runtime, 'node_modules', library, 'package.json'));
}

/** @throws ConfigurationError about the setting that names a model, when nothing is there to run it. */
export function requireRuntime(setting: FolderSetting, runtime: string): void {
  if (isRuntimeInstalled(runtime)) return;
  const reason = 'names a model, but what runs it is not installed';
  const nextStep = 'Run once: npm run cli -- model install';
  throw new ConfigurationError([{ name: setting, reason, nextStep }]);
}

/** One core stays with the server. */
export function transformerThreads(): number {
  return Math.max(1, availableParallelism() - 1);
}

export async function loadRuntime(runtime: string): Promise<TransformersJs> {
  const path = createRequire(join(runtime, 'package.json')).resolve(library);
  return (await import(pathToFileURL(path).href)) as TransformersJs;
}

/** The library, bound to what lies on this machine, and the options under which it reads the folder's model. */
export async function openModel({ model, runtime, threads }: ModelWorkerData) {
  const transformers = await loadRuntime(runtime);
  transformers.env.allowRemoteModels = false;
  transformers.env.localModelPath = dirname(model.folder);
  const { subfolder, dtype } = model;
  const session_options = { intraOpNumThreads: threads };
  return { ...transformers, options: { device: 'cpu', dtype, subfolder, local_files_only: true, session_options } };
}
