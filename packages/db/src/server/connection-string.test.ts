import { expect, test } from 'vitest';
import { readConnectionString } from './connection-string.ts';

function tlsOf(query: string, caCertificate?: string) {
  return readConnectionString(`postgres://ada:secret@db.example.org/twin${query}`, caCertificate).tlsChoices;
}

test.each([
  ['', [false]],
  ['?sslmode=disable', [false]],
  ['?sslmode=allow', [false, { host: 'db.example.org', rejectUnauthorized: false }]],
  ['?sslmode=prefer', [{ host: 'db.example.org', rejectUnauthorized: false }, false]],
  ['?sslmode=require', [{ host: 'db.example.org', rejectUnauthorized: false }]],
  ['?ssl=true', [{ host: 'db.example.org', rejectUnauthorized: false }]],
  ['?sslmode=verify-full', [{ host: 'db.example.org', rejectUnauthorized: true }]],
  ['?sslmode=verify-full&sslrootcert=system', [{ host: 'db.example.org', rejectUnauthorized: true }]],
])('an address with "%s" is met as libpq would', (query, expected) => {
  expect(tlsOf(query)).toEqual(expected);
});

test('verify-ca checks the authority but not the name', () => {
  const [tls] = tlsOf('?sslmode=verify-ca', 'PEM');
  expect(tls).toMatchObject({ rejectUnauthorized: true, ca: 'PEM' });
  expect(tls && tls.checkServerIdentity?.('other.example.org', {} as never)).toBeUndefined();
});

test('require with an authority verifies it, as libpq does', () => {
  expect(tlsOf('?sslmode=require', 'PEM')[0]).toMatchObject({ rejectUnauthorized: true, ca: 'PEM' });
});

test('TLS parameters are taken off, and the rest of the address is kept', () => {
  const address = readConnectionString(
    'postgres://a%40b:p%2Fw@[::1]:6543/my%20twin?sslmode=require&application_name=x',
  );
  expect(address).toMatchObject({
    connectionString: 'postgres://a%40b:p%2Fw@[::1]:6543/my%20twin?application_name=x',
    label: '[::1]:6543',
    databaseName: 'my twin',
    userName: 'a@b',
  });
});

test.each([
  ['twin', 'is not a postgres:// URL'],
  ['mysql://localhost/twin', 'is not a postgres:// URL'],
  ['postgres://localhost:port/twin', 'is not a postgres:// URL'],
  ['postgres://localhost/twin?sslmode=always', 'sslmode=always, which does not exist'],
  ['postgres://localhost/twin?sslmode=verify-full&sslrootcert=/no/such.pem', 'certificate file /no/such.pem'],
])('the address "%s" is refused with the right way to write it', (connectionString, message) => {
  const refusal = { code: 'invalid-connection-string', message: expect.stringContaining(message) as string };
  expect(() => readConnectionString(connectionString)).toThrow(expect.objectContaining(refusal));
});
