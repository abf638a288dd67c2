import { type SpawnedServer, spawnServer } from './spawn-server.ts';

/** Servers of one test that are started and ended in turn; none outlives it. */
export function createSpawnedServers() {
  const running = new Set<SpawnedServer>();
  async function end(server: SpawnedServer, signal: NodeJS.Signals): Promise<number | null> {
    running.delete(server);
    server.process.kill(signal);
    return await server.exited;
  }
  return {
    /** @throws Error with what it said when it does not come up. */
    async start(variables: Record<string, string>): Promise<SpawnedServer> {
      const server = await spawnServer({ LOG_LEVEL: 'warn', ...variables });
      if (server.origin === '') throw new Error(`The server did not start:\n${server.output()}`);
      running.add(server);
      return server;
    },
    /** Its exit code, null when the signal ended it. */
    end,
    async killAll(): Promise<void> {
      for (const server of running) await end(server, 'SIGKILL');
    },
  };
}
