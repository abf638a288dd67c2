import { basename, dirname } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { TransformerFolder } from './transformer-folder.ts';
import { loadRuntime } from './transformer-runtime.ts';

// The thread in which a transformer runs: it would hold up the event loop for as long as it reads.

export interface TransformerWorkerData {
  model: TransformerFolder;
  runtime: string;
  threads: number;
}

/** All vectors of a call, one after another. */
export type TransformerReply = { vectors: Float32Array } | { error: string };

const { model, runtime, threads } = workerData as TransformerWorkerData;

const { env, pipeline } = await loadRuntime(runtime);
env.allowRemoteModels = false;
env.localModelPath = dirname(model.folder);
const extract = await pipeline('feature-extraction', basename(model.folder), {
  device: 'cpu',
  dtype: model.dtype,
  subfolder: model.subfolder,
  local_files_only: true,
  session_options: { intraOpNumThreads: threads },
});

parentPort?.on('message', (texts: string[]) => void embed(texts));

async function embed(texts: string[]): Promise<void> {
  let reply: TransformerReply;
  try {
    const { data } = await extract(texts, { pooling: model.pooling, normalize: true });
    reply = { vectors: Float32Array.from(data) };
  } catch (error) {
    reply = { error: error instanceof Error ? error.message : String(error) };
  }
  parentPort?.postMessage(reply);
}
