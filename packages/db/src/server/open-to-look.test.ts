import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../client.ts';
import { administer, createEmptyDatabase } from '../testing/server-test-database.ts';

const serverUrl = process.env['TEST_DATABASE_URL'] ?? '';
const role = `twin_only_looks_${process.pid}`;

/** A folder with a socket that leads to the server, wherever its own is. */
async function startSocket({ hostname, port }: URL): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'twin-socket-'));
  const server = createServer((socket) => {
    const there = connect(Number(port), hostname);
    for (const end of [socket, there]) end.on('error', () => undefined);
    socket.pipe(there).pipe(socket);
  });
  server.listen(join(folder, '.s.PGSQL.5432'));
  await once(server, 'listening');
  onTestFinished(async () => {
    server.close();
    await rm(folder, { recursive: true, force: true });
  });
  return folder;
}

test('an embedded database that does not exist is refused, and not made', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'twin-looked-at-'));
  onTestFinished(async () => await rm(folder, { recursive: true, force: true }));
  const dataDir = join(folder, 'data');
  const refused = openDatabase({ home: 'embedded', dataDir }, { leaveAsItIs: true });
  await expect(refused).rejects.toMatchObject({
    code: 'data-folder-empty',
    nextStep: expect.stringContaining('init-db') as string,
  });
  expect(existsSync(dataDir)).toBe(false);
});

describe.skipIf(!serverUrl)('on a server (TEST_DATABASE_URL)', () => {
  test('who only looks leaves pgvector as it is, and hears what stands in the way', async () => {
    const empty = await createEmptyDatabase(serverUrl);
    onTestFinished(async () => await empty.drop());
    const config = { home: 'server', connectionString: empty.connectionString, poolMax: 2 } as const;
    const countExtensions = async () =>
      await administer(empty.connectionString, async (client) => {
        const { rows } = await client.query(`select from pg_extension where extname = 'vector'`);
        return rows.length;
      });
    const looking = await openDatabase(config, { leaveAsItIs: true });
    await looking.close();
    expect(looking.vectorVersion).toMatch(/^\d+\.\d+/);
    expect(await countExtensions()).toBe(0);
    await (await openDatabase(config)).close();
    expect(await countExtensions()).toBe(1);
    const another = await createEmptyDatabase(serverUrl);
    const url = new URL(another.connectionString);
    await administer(another.connectionString, async (client) => {
      await client.query(`create role ${role} login password 'x'`);
      await client.query(`grant create on schema public to ${role}`);
      await client.query(`grant create on database ${url.pathname.slice(1)} to ${role}`);
    });
    onTestFinished(async () => {
      await another.drop();
      await administer(serverUrl, async (client) => void (await client.query(`drop role ${role}`)));
    });
    url.username = role;
    url.password = 'x';
    const refused = openDatabase({ ...config, connectionString: url.toString() }, { leaveAsItIs: true });
    await expect(refused).rejects.toMatchObject({ code: 'extension-not-creatable' });
  });

  test.each([
    ['the host of the address', (url: URL) => url.toString(), (url: URL) => url.hostname],
    [
      'the host parameter, which wins',
      (url: URL) => {
        const { hostname } = url;
        url.hostname = 'elsewhere.invalid';
        url.searchParams.set('host', hostname);
        return url.toString();
      },
      (url: URL) => url.hostname,
    ],
  ])('says where it is: %s', async (_what, addressOf, hostOf) => {
    const address = addressOf(new URL(serverUrl));
    const handle = await openDatabase({ home: 'server', connectionString: address, poolMax: 2 }, { leaveAsItIs: true });
    await handle.close();
    expect(handle.host).toBe(hostOf(new URL(serverUrl)));
  });

  test('says where it is: a socket, whichever way its folder is written', async () => {
    const url = new URL(serverUrl);
    const folder = await startSocket(url);
    const login = `${url.username}:${url.password}`;
    const name = url.pathname;
    for (const connectionString of [
      `postgres://${login}@${encodeURIComponent(folder)}${name}`,
      `postgres://${login}@db.example.org${name}?host=${encodeURIComponent(folder)}`,
    ]) {
      const handle = await openDatabase({ home: 'server', connectionString, poolMax: 2 }, { leaveAsItIs: true });
      await handle.close();
      expect(handle.host).toBe(folder);
    }
  });
});
