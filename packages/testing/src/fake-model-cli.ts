import { startFakeModelServer } from './fake-model-server.ts';

// Run as a process: `node fake-model-cli.ts [port]`. Prints one JSON line with its address, then serves until killed.
const server = await startFakeModelServer({ port: Number(process.argv[2] ?? 0) });
console.log(JSON.stringify({ baseUrl: server.baseUrl }));

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void server.close().then(() => process.exit(0)));
}
