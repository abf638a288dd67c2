import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../client.ts';
import { SEARCH_SETTINGS } from '../search-settings.ts';
import { refusalOf, SECRET_PASSWORD } from '../testing/refusal-of.ts';
import { administer, createEmptyDatabase } from '../testing/server-test-database.ts';
import { startSettingsDroppingProxy } from '../testing/settings-dropping-proxy.ts';
import { connectionBounds } from './connection-bounds.ts';

const serverUrl = process.env['TEST_DATABASE_URL'] ?? '';

test('a pooler that refuses settings, one of them a timeout', async () => {
  const fields = ['SFATAL', 'C08P01', 'Munsupported startup parameter: statement_timeout', ''].join('\0');
  const refusal = Buffer.concat([Buffer.from('E\0\0\0\0'), Buffer.from(`${fields}\0`)]);
  refusal.writeInt32BE(refusal.length - 1, 1);
  const pooler = createServer((socket) => socket.once('data', () => socket.end(refusal)));
  pooler.listen(0, '127.0.0.1');
  await once(pooler, 'listening');
  onTestFinished(() => void pooler.close());
  expect(
    await refusalOf(`postgres://ada:${SECRET_PASSWORD}@127.0.0.1:${(pooler.address() as AddressInfo).port}/twin`),
  ).toMatchObject({
    code: 'unsupported-pooler',
    message: expect.stringContaining('statement_timeout') as string,
  });
});

test.skipIf(!serverUrl)(
  'a pooler that drops the settings of sessions is warned about, unless the role has them',
  async () => {
    const empty = await createEmptyDatabase(serverUrl);
    onTestFinished(async () => await empty.drop());
    const name = new URL(empty.connectionString).pathname.slice(1);
    const connectionString = await startSettingsDroppingProxy(empty.connectionString);
    const openedWith = async () => {
      const opened = await openDatabase({ home: 'server', connectionString, poolMax: 2 });
      await opened.close();
      return opened.warnings.filter((warning) => warning.includes('pooler'));
    };
    expect(await openedWith()).toEqual([
      expect.stringMatching(/drops .*hnsw\.ef_search = .*, statement_timeout = 30000/),
    ]);
    await administer(empty.connectionString, async (client) => {
      const settings = { ...SEARCH_SETTINGS, statement_timeout: '30s', idle_in_transaction_session_timeout: '30s' };
      for (const [setting, value] of Object.entries(settings)) {
        await client.query(`alter database ${name} set ${setting} = '${value}'`);
      }
    });
    expect(await openedWith()).toEqual([]);
  },
);

test('docs/deployment.md gives a role behind a pooler the settings that sessions ask for', async () => {
  const page = await readFile(new URL('../../../../docs/deployment.md', import.meta.url), 'utf8');
  const given = Object.fromEntries(
    [...page.matchAll(/alter role twin set (\S+) = '?([^';]+)'?;/g)].map(([, name = '', value = '']) => [name, value]),
  );
  expect(given).toEqual({
    ...SEARCH_SETTINGS,
    statement_timeout: `${connectionBounds.statement_timeout / 1000}s`,
    idle_in_transaction_session_timeout: `${connectionBounds.idle_in_transaction_session_timeout / 1000}s`,
  });
});
