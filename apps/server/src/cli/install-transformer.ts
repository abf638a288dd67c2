import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { isCrossEncoder } from '../adapters/cross-encoder-folder.ts';
import { isRuntimeInstalled, loadRuntime, transformerHome } from '../adapters/transformer-runtime.ts';
import { ConfigurationError } from '../configuration-error.ts';
import type { Env } from '../env.ts';
import type { CommandResult } from './terminal.ts';

const manifests = join(import.meta.dirname, '../../transformer');
const hub = 'https://huggingface.co/';

/**
 * Puts what runs a transformer into the data folder, exactly as the lockfile beside its manifest says and without running any
 * of its scripts; with a name, also fetches that model from the hub.
 *
 * @param host replaced by tests.
 */
export async function installTransformer(env: Env, name: string | undefined, host = hub): Promise<CommandResult> {
  const { runtime, models } = transformerHome(env.dataDir);
  if (!isRuntimeInstalled(runtime)) await installRuntime(runtime);
  if (name === undefined) {
    const text =
      'Installed. Set EMBEDDING_FOLDER to the folder of a model, then run: npm run cli -- model switch. Or set RERANKER_FOLDER.';
    return { text, data: { runtime } };
  }
  await fetchModel({ runtime, models, name, host });
  const folder = join(models, ...name.split('/'));
  const next = isCrossEncoder(folder)
    ? `Set RERANKER_FOLDER=${folder} and start the server again.`
    : `Set EMBEDDING_FOLDER=${folder} and run: npm run cli -- model switch`;
  return { text: `Installed. ${next}`, data: { runtime, folder } };
}

/** Under another name until it is whole: an installation that was cut short is done again, never used. */
async function installRuntime(runtime: string): Promise<void> {
  process.stderr.write('Installing what runs a transformer: about 470 MB from the npm registry.\n');
  const unfinished = `${runtime}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) {
    await copyFile(join(manifests, file), join(unfinished, file));
  }
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = spawn('npm', args, { cwd: unfinished, stdio: ['ignore', 'ignore', 'inherit'] });
  const code = await once(npm, 'close').then(
    ([ended]) => ended as number | null,
    () => 'not found' as const,
  );
  if (code === 0) {
    await rm(runtime, { recursive: true, force: true });
    return await rename(unfinished, runtime);
  }
  const reason = code === 'not found' ? 'there is no npm here' : `npm could not install it (exit code ${code})`;
  const nextStep = 'See what npm says above; it needs the npm registry and 470 MB of disk. Then run this again.';
  throw new ConfigurationError([{ name: 'Transformer', reason, nextStep }]);
}

async function fetchModel(options: { runtime: string; models: string; name: string; host: string }): Promise<void> {
  const { runtime, models, name, host } = options;
  process.stderr.write(`Fetching ${name} from ${host}.\n`);
  const { env, pipeline } = await loadRuntime(runtime);
  Object.assign(env, { allowLocalModels: false, cacheDir: models, remoteHost: host });
  try {
    const model = await pipeline('feature-extraction', name, { device: 'cpu', dtype: 'q8' });
    await model.dispose();
  } catch (error) {
    const reason = `${name} could not be fetched: ${error instanceof Error ? error.message : String(error)}`;
    const nextStep = `Check that this machine reaches ${host} and that the model has ONNX weights there, as Xenova/bge-small-en-v1.5 has. A folder copied from elsewhere works as well.`;
    throw new ConfigurationError([{ name: 'Transformer', reason, nextStep }], error);
  }
}
