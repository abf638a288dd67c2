import type { ChildProcess } from 'node:child_process';
import { type LaunchedServer, launchServer, type SpawnedServer } from './spawn-server.ts';

/** Servers of one test that are started and ended in turn; none outlives it. */
export function createSpawnedServers() {
  const running = new Map<ChildProcess, LaunchedServer>();
  function launch(variables: Record<string, string>): LaunchedServer & { ready: Promise<SpawnedServer> } {
    const launched = launchServer({ LOG_LEVEL: 'warn', ...variables });
    running.set(launched.process, launched);
    const ready = launched.ready.then((server) => {
      if (server.origin !== '') return server;
      running.delete(server.process);
      throw new Error(`The server did not start:\n${server.output()}`);
    });
    return { ...launched, ready };
  }
  async function end({ process, exited }: LaunchedServer, signal: NodeJS.Signals): Promise<number | null> {
    running.delete(process);
    process.kill(signal);
    return await exited;
  }
  return {
    /** For those who do not wait until it is ready, which rejects as `start` does. */
    launch,
    /** @throws Error with what it said when it does not come up. */
    async start(variables: Record<string, string>): Promise<SpawnedServer> {
      return await launch(variables).ready;
    },
    /** Its exit code, null when the signal ended it. */
    end,
    async killAll(): Promise<void> {
      for (const server of running.values()) await end(server, 'SIGKILL');
    },
  };
}
