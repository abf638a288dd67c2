import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The part of Transformers.js that is used. It is installed on demand, so its own types are not here. */
export interface TransformersJs {
  env: {
    allowRemoteModels: boolean;
    allowLocalModels: boolean;
    localModelPath: string;
    cacheDir: string;
    remoteHost: string;
  };
  pipeline: (task: 'feature-extraction', model: string, options: Record<string, unknown>) => Promise<FeatureExtraction>;
}

export interface FeatureExtraction {
  (texts: string[], options: { pooling: string; normalize: boolean }): Promise<{ dims: number[]; data: Float32Array }>;
  dispose(): Promise<void>;
}

const library = '@huggingface/transformers';

/** Where `model install` puts what runs a transformer, and the models it fetches. */
export function transformerHome(dataDir: string): { runtime: string; models: string } {
  return { runtime: join(dataDir, 'transformer', 'runtime'), models: join(dataDir, 'transformer', 'models') };
}

export function isRuntimeInstalled(runtime: string): boolean {
  return existsSync(join(runtime, 'node_modules', library, 'package.json'));
}

export async function loadRuntime(runtime: string): Promise<TransformersJs> {
  const path = createRequire(join(runtime, 'package.json')).resolve(library);
  return (await import(pathToFileURL(path).href)) as TransformersJs;
}
