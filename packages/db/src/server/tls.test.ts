import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../client.ts';
import { refusalOf, SECRET_PASSWORD } from '../testing/refusal-of.ts';
import { administer } from '../testing/server-test-database.ts';

const serverUrl = process.env['TEST_DATABASE_URL'] ?? '';
const offersTls =
  serverUrl !== '' &&
  (await administer(serverUrl, async (client) => {
    const { rows } = await client.query<{ ssl: string; rule: boolean }>(`select current_setting('ssl') as ssl,
    exists (select from pg_hba_file_rules where 'twin_tls_only' = any (user_name)) as rule`);
    return rows[0]?.ssl === 'on' && rows[0].rule;
  }));

describe.skipIf(!offersTls)('on a server with TLS (scripts/postgres-for-tests.sh)', () => {
  let folder: string;
  let certificate: string;

  beforeAll(async () => {
    const pem = await administer(serverUrl, async (client) => {
      await client.query(`do $$ begin create role twin_tls_only login password '${SECRET_PASSWORD}';
        exception when duplicate_object then null; end $$`);
      const { rows } = await client.query<{ pem: string }>(
        `select pg_read_file(current_setting('ssl_cert_file')) as pem`,
      );
      return rows[0]!.pem;
    });
    folder = await mkdtemp(join(tmpdir(), 'digital-twin-tls-'));
    certificate = join(folder, 'server.pem');
    await writeFile(certificate, pem);
  });

  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  async function isEncrypted(query: string, host?: string): Promise<boolean | undefined> {
    const url = new URL(`${serverUrl}${query}`);
    url.hostname = host ?? url.hostname;
    const { db, close } = await openDatabase({ home: 'server', connectionString: url.toString(), poolMax: 2 });
    const { rows } = await sql<{ ssl: boolean }>`select ssl from pg_stat_ssl where pid = pg_backend_pid()`.execute(db);
    await close();
    return rows[0]?.ssl;
  }

  test('a role that must use TLS is told how', async () => {
    const url = new URL(serverUrl);
    url.username = 'twin_tls_only';
    url.password = SECRET_PASSWORD;
    expect(await refusalOf(url.toString())).toMatchObject({
      code: 'tls-required',
      nextStep: expect.stringContaining('?sslmode=require') as string,
    });
  });

  test.each(['', '?sslmode=disable', '?sslmode=allow'])('with "%s" the connection is not encrypted', async (query) => {
    expect(await isEncrypted(query)).toBe(false);
  });

  test.each(['?sslmode=prefer', '?sslmode=require'])(
    'with "%s" it is encrypted, the server unverified',
    async (query) => {
      expect(await isEncrypted(query)).toBe(true);
    },
  );

  test.each(['require', 'verify-ca', 'verify-full'])(
    '%s accepts a certificate of the named authority',
    async (mode) => {
      expect(await isEncrypted(`?sslmode=${mode}&sslrootcert=${certificate}`, 'localhost')).toBe(true);
    },
  );

  test('verify-full refuses a certificate that no known authority signed', async () => {
    expect(await refusalOf(`${serverUrl}?sslmode=verify-full`)).toMatchObject({
      code: 'tls-untrusted',
      nextStep: expect.stringContaining('sslrootcert') as string,
    });
  });

  test('verify-full refuses a certificate for another name, verify-ca does not', async () => {
    const query = `sslrootcert=${certificate}`;
    expect(await isEncrypted(`?sslmode=verify-ca&${query}`, '127.0.0.1')).toBe(true);
    const url = new URL(serverUrl);
    url.hostname = '127.0.0.1';
    expect(await refusalOf(`${url.toString()}?sslmode=verify-full&${query}`)).toMatchObject({
      code: 'tls-untrusted',
      message: expect.stringContaining('127.0.0.1') as string,
    });
  });
});
