import dgram from 'node:dgram';
import { isBuiltin, registerHooks, syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import process from 'node:process';

// Preloaded into the sandbox before anything else: from here on no code in this process can open a socket. Node's
// permission model does not restrict the network before version 25, so this closes what it leaves open. It is the second
// wall: where the system can take the network away from a process, `network-isolation.ts` has done so already.

const networkModules = new Set(
  'net tls http https http2 dgram dns dns/promises inspector inspector/promises'.split(' '),
);

function refuse(): never {
  throw Object.assign(new Error('The sandbox has no network'), { code: 'ERR_ACCESS_DENIED' });
}

function isNetworkModule(specifier: string): boolean {
  const name = specifier.replace(/^node:/, '');
  return networkModules.has(name) && isBuiltin(name);
}

function lock(target: object, names: readonly string[]): void {
  for (const name of names) {
    Object.defineProperty(target, name, { value: refuse, writable: false, configurable: false });
  }
}

// Sockets also exist behind the standard streams, whose classes stay reachable: their ways out are closed as well.
lock(net.Socket.prototype, ['connect']);
lock(net.Server.prototype, ['listen', '_listen2']);
lock(net, ['connect', 'createConnection', 'createServer', '_createServerHandle']);
lock(dgram.Socket.prototype, ['bind', 'connect', 'send', 'addMembership']);
lock(dgram, ['createSocket', '_createSocketHandle']);
for (const stream of [process.stdin, process.stdout, process.stderr]) {
  const handle: unknown = Reflect.get(stream, '_handle');
  const prototype: unknown = typeof handle === 'object' && handle !== null ? Object.getPrototypeOf(handle) : undefined;
  if (typeof prototype === 'object' && prototype !== null) {
    lock(prototype, ['bind', 'listen', 'connect', 'connect6', 'open', 'fchmod']);
  }
}
lock(globalThis, ['fetch', 'WebSocket', 'EventSource']);
syncBuiltinESMExports();

const getBuiltinModule = process.getBuiltinModule.bind(process);
Object.defineProperty(process, 'getBuiltinModule', {
  value: (id: string) => (isNetworkModule(id) ? refuse() : getBuiltinModule(id)),
  writable: false,
  configurable: false,
});
registerHooks({
  resolve(specifier, context, nextResolve) {
    return isNetworkModule(specifier) ? refuse() : nextResolve(specifier, context);
  },
});
