import process from 'node:process';
import { ifItRuns } from './network-isolation.ts';

/** V8 collects garbage on further threads, so a reading takes more processor time than it lasts. */
const PROCESSOR_MS_PER_MS = 4;

let tie: Promise<readonly string[]> | undefined;

/**
 * The command to put before another one so that it does not outlive this process for long, however this process ends. Linux
 * kills it with the thread that starts it: call it on the main thread, and after the network's isolation, which may change
 * who the process is and would untie it. Elsewhere its processor time is bounded. Tried once per process.
 */
export async function findLifeline(durationMs: number): Promise<readonly string[]> {
  tie ??= ifItRuns(process.platform === 'linux' ? ['/usr/bin/setpriv', '--pdeathsig', 'KILL', '--'] : undefined);
  const command = await tie;
  return command.length > 0 ? command : processorLimit(durationMs * PROCESSOR_MS_PER_MS);
}

/** The command to put before another one so that the system ends it when it has used the processor for so long. */
export function processorLimit(ms: number): readonly string[] {
  if (process.platform === 'win32') return [];
  return ['/bin/sh', '-c', `ulimit -t ${Math.ceil(ms / 1000)}; exec "$@"`, 'sh'];
}
