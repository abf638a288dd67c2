import { readFileSync } from 'node:fs';
import type { ConnectionOptions as TlsOptions } from 'node:tls';
import { StartupError } from '../startup-error.ts';

/** How to reach a server: node-postgres's own reading of `sslmode` differs from libpq's, so TLS is decided here. */
export interface ServerAddress {
  /** Without any TLS parameter. Holds the password: never shown or logged. */
  connectionString: string;
  /** The ways to connect, in the order to try them. `false` is without TLS. */
  tlsChoices: (TlsOptions | false)[];
  /** `host:port`, for messages. */
  label: string;
  databaseName: string;
  userName: string;
}

const TLS_PARAMETERS = ['sslmode', 'sslrootcert', 'sslcert', 'sslkey', 'ssl'];

/**
 * Reads a `postgres://` address with libpq's meaning of its TLS parameters: `disable`, `allow`, `prefer`, `require`
 * (encrypted, the server unverified, unless `sslrootcert` is given), `verify-ca`, `verify-full`. Without `sslmode` the
 * connection is not encrypted. Without `sslrootcert` (or with `system`) the verifying modes trust the public authorities
 * that Node ships.
 *
 * @param caCertificate PEM text to trust in place of `sslrootcert`.
 * @throws StartupError `invalid-connection-string`.
 */
export function readConnectionString(connectionString: string, caCertificate?: string): ServerAddress {
  const url = parseUrl(connectionString);
  const parameters = new Map(TLS_PARAMETERS.map((name) => [name, url.searchParams.get(name) ?? undefined]));
  for (const name of TLS_PARAMETERS) {
    url.searchParams.delete(name);
  }
  // Without a user or a database, libpq's defaults: the operating system's user name, and the user's name.
  const userName = decodeURIComponent(url.username) || (url.searchParams.get('user') ?? '');
  return {
    connectionString: url.toString(),
    tlsChoices: tlsChoices(url.hostname, parameters, caCertificate),
    label: `${url.searchParams.get('host') ?? (url.hostname || 'localhost')}:${url.port || '5432'}`,
    databaseName: decodeURIComponent(url.pathname.slice(1)) || userName,
    userName,
  };
}

function parseUrl(connectionString: string): URL {
  const url = URL.parse(connectionString);
  if (url === null || !['postgres:', 'postgresql:'].includes(url.protocol)) {
    throw invalid('The database address (DATABASE_URL) is not a postgres:// URL.');
  }
  return url;
}

function tlsChoices(
  host: string,
  parameters: Map<string, string | undefined>,
  caCertificate: string | undefined,
): (TlsOptions | false)[] {
  const mode = parameters.get('sslmode') ?? (parameters.get('ssl') === 'true' ? 'require' : 'disable');
  const rootFile = parameters.get('sslrootcert');
  const ca = caCertificate ?? (rootFile === undefined || rootFile === 'system' ? undefined : readPem(rootFile));
  const identity = {
    // Names the server for the certificate check even when it is reached by address.
    host,
    ...optionalPem('ca', ca),
    ...optionalPem('cert', readOptionalPem(parameters.get('sslcert'))),
    ...optionalPem('key', readOptionalPem(parameters.get('sslkey'))),
  };
  const unverified: TlsOptions = { ...identity, rejectUnauthorized: false };
  const chainVerified: TlsOptions = { ...identity, rejectUnauthorized: true, checkServerIdentity: () => undefined };
  const fullyVerified: TlsOptions = { ...identity, rejectUnauthorized: true };
  switch (mode) {
    case 'disable':
      return [false];
    case 'allow':
      return [false, unverified];
    case 'prefer':
      return [unverified, false];
    case 'require':
    case 'no-verify':
      return [ca === undefined ? unverified : chainVerified];
    case 'verify-ca':
      return [chainVerified];
    case 'verify-full':
      return [fullyVerified];
    default:
      throw invalid(`The database address has sslmode=${mode}, which does not exist.`);
  }
}

function optionalPem(name: 'ca' | 'cert' | 'key', pem: string | undefined): TlsOptions {
  return pem === undefined ? {} : { [name]: pem };
}

function readOptionalPem(path: string | undefined): string | undefined {
  return path === undefined ? undefined : readPem(path);
}

function readPem(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw invalid(`The database address names the certificate file ${path}, which cannot be read.`, error);
  }
}

function invalid(message: string, cause?: unknown): StartupError {
  return new StartupError(
    'invalid-connection-string',
    message,
    'Write it as postgres://user:password@host:5432/database, with ?sslmode=disable, require, verify-ca or verify-full; ' +
      'percent-encode special characters in the password.',
    cause,
  );
}
