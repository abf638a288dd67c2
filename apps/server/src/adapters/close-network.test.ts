import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findNetworkIsolation } from './network-isolation.ts';

let listener: Server;
let unixListener: Server;
let folder: string;
let connections = 0;
let port: number;
const count = () => {
  connections += 1;
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sandbox-network-'));
  listener = createServer(count);
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const address = listener.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
  unixListener = createServer(count);
  await new Promise<void>((resolve) => unixListener.listen(join(folder, 'socket'), resolve));
});

afterAll(async () => {
  listener.close();
  unixListener.close();
  await rm(folder, { recursive: true });
});

/** Every way to a socket that code in the sandbox might try; each prints whether it was refused. */
const attempts = (socketPath: string) => `
const url = 'http://127.0.0.1:${port}/';
const tried = {};
const attempt = async (name, action) => {
  try {
    const result = await action();
    if (result?.once) await new Promise((resolve, reject) => {
      result.once('error', reject);
      result.once('connect', resolve);
      result.once('response', resolve);
      result.once('listening', resolve);
    });
    tried[name] = 'allowed';
  } catch (error) {
    tried[name] = error.code ?? error.cause?.code ?? error.message;
  }
};
const { createRequire } = await import('node:module');
const require = createRequire(import.meta.url);
for (const name of ['net', 'http', 'https', 'http2', 'tls', 'dgram', 'dns', 'inspector']) {
  await attempt('import ' + name, () => import('node:' + name));
  await attempt('require ' + name, () => require(name));
  await attempt('builtin ' + name, () => process.getBuiltinModule(name));
}
await attempt('fetch', () => fetch(url));
await attempt('WebSocket', () => new WebSocket('ws://127.0.0.1:${port}/'));
await attempt('EventSource', () => new EventSource(url));
await attempt('stdout socket', () => new process.stdout.constructor().connect(${port}, '127.0.0.1'));
await attempt('stdout unix socket', () => new process.stdout.constructor().connect('${socketPath}'));
await attempt('stdin handle', () => new process.stdin._handle.constructor(0).connect({}, '${socketPath}'));
await attempt('process.binding', () => process.binding('tcp_wrap'));
await attempt('worker', async () => new (await import('node:worker_threads')).Worker('0', { eval: true }));
await attempt('another process', async () => (await import('node:child_process')).execFileSync('/bin/true'));
await attempt('module loader', () => require('module')._load('net'));
process.stdout.write(JSON.stringify(tried));
process.exit(0);
`;

async function run(command: readonly string[]): Promise<string> {
  const [program = '', ...options] = command;
  return await new Promise((resolve, reject) => {
    const child = execFile(program, options, { env: {} }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(stderr));
    });
    child.stdin?.end();
  });
}

test('code that runs in the sandbox cannot open a socket, whatever it tries', async () => {
  const entry = join(folder, 'attempts.mjs');
  await writeFile(entry, attempts(join(folder, 'socket')));
  const closer = join(import.meta.dirname, 'close-network.ts');
  const sandbox = ['--permission', '--allow-fs-read=*', '--no-warnings', `--import=${closer}`, entry];
  const tried = JSON.parse(await run([process.execPath, ...sandbox])) as Record<string, string>;
  expect(Object.keys(tried).length).toBeGreaterThan(30);
  expect(new Set(Object.values(tried))).toEqual(new Set(['ERR_ACCESS_DENIED']));
  expect(connections).toBe(0);
});

test('where the system can take the network away, even code without that guard reaches nothing', async (context) => {
  const isolation = await findNetworkIsolation();
  if (isolation.length === 0) return context.skip('this system does not let a process give up its network');
  const entry = join(folder, 'connect.mjs');
  await writeFile(
    entry,
    `import { connect } from 'node:net';
    const socket = connect(${port}, '127.0.0.1');
    socket.once('connect', () => { console.log('connected'); socket.destroy(); });
    socket.once('error', (error) => console.log(error.code));`,
  );
  expect(await run([process.execPath, entry])).toBe('connected\n');
  expect(await run([...isolation, process.execPath, entry])).toMatch(/^(?:ENETUNREACH|EPERM|ECONNREFUSED)\n$/);
});
