import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { onTestFinished } from 'vitest';

/** Version 3.0 of the protocol, as a connection's first message names it behind its length. */
const protocolVersion = 196_608;

/**
 * A way to a server, up to the end of the test, that drops what a session asks for at its start but its user and database,
 * as PgBouncer does with what stands in `ignore_startup_parameters`. Gives back the server's address by this way.
 */
export async function startSettingsDroppingProxy(serverUrl: string): Promise<string> {
  const target = new URL(serverUrl);
  const proxy = createServer((near) => {
    const far = connect(Number(target.port || 5432), target.hostname);
    near.once('data', (first) => {
      far.write(withoutSettings(first));
      near.pipe(far);
    });
    far.pipe(near);
    for (const socket of [near, far]) socket.on('error', () => undefined);
    near.on('close', () => far.destroy());
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  onTestFinished(() => void proxy.close());
  const url = new URL(serverUrl);
  url.hostname = '127.0.0.1';
  url.port = String((proxy.address() as AddressInfo).port);
  return url.toString();
}

function withoutSettings(message: Buffer): Buffer {
  if (message.readInt32BE(4) !== protocolVersion) throw new Error('Not the start of an unencrypted session');
  const fields = message.subarray(8).toString().split('\0');
  const kept: string[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [name = '', value = ''] = fields.slice(at, at + 2);
    if (['user', 'database', 'client_encoding'].includes(name)) kept.push(name, value);
  }
  const body = Buffer.from(`${kept.join('\0')}\0\0`);
  const head = Buffer.alloc(8);
  head.writeInt32BE(8 + body.length, 0);
  head.writeInt32BE(protocolVersion, 4);
  return Buffer.concat([head, body]);
}
