import type { ConnectionOptions as TlsOptions } from 'node:tls';
import { StartupError, type StartupErrorCode } from '../startup-error.ts';
import type { ServerAddress } from './connection-string.ts';

type Explanation = [code: StartupErrorCode, message: string, nextStep: string];

/** Says in plain words why no connection came about, and what to do. The original error stays as the cause. */
export function explainConnectionError(error: unknown, address: ServerAddress, tls: TlsOptions | false): StartupError {
  const reason = new Reason(error);
  const explanation =
    explainPooler(reason, address) ??
    explainReachability(reason, address) ??
    explainTls(reason, address, tls) ??
    explainRefusal(reason, address) ??
    fallback(reason, address);
  return new StartupError(...explanation, error);
}

/** The code and text of an error; a connection to a name with several addresses fails with one error for each. */
class Reason {
  readonly code: string;
  readonly message: string;

  constructor(error: unknown) {
    const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
    this.code = first instanceof Error && 'code' in first ? String(first.code) : '';
    this.message = first instanceof Error ? first.message : String(first);
  }

  is(...codes: string[]): boolean {
    return codes.includes(this.code);
  }

  says(pattern: RegExp): boolean {
    return pattern.test(this.message);
  }
}

/** Before the others: the setting it names may be one of a timeout. */
function explainPooler(reason: Reason, { label }: ServerAddress): Explanation | undefined {
  if (!reason.says(/unsupported startup parameter/i)) return undefined;
  return [
    'unsupported-pooler',
    `The connection pooler at ${label} refuses session settings: ${reason.message}.`,
    'Use the address of the server itself instead of its pooler; docs/deployment.md says what a pooler has to be told.',
  ];
}

function explainReachability(reason: Reason, { label }: ServerAddress): Explanation | undefined {
  if (reason.is('ECONNREFUSED', 'ENOENT')) {
    return [
      'connection-refused',
      `No Postgres server answers at ${label}: the connection was refused.`,
      'Start the server, or correct host and port in DATABASE_URL.',
    ];
  }
  if (reason.is('ENOTFOUND', 'EAI_AGAIN')) {
    return ['host-not-found', `The database host of ${label} is unknown.`, 'Correct the host name in DATABASE_URL.'];
  }
  if (reason.is('ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH') || reason.says(/timeout expired|timed? ?out/i)) {
    return [
      'connection-timed-out',
      `The database server at ${label} did not answer in time.`,
      'Check the host in DATABASE_URL and that no firewall stands between.',
    ];
  }
  if (reason.is('57P03')) {
    return [
      'server-not-ready',
      `The database server at ${label} is starting up or shutting down.`,
      'Start again in a few seconds.',
    ];
  }
  if (reason.is('53300')) {
    return [
      'too-many-connections',
      `The database server at ${label} accepts no more connections.`,
      "Lower DATABASE_POOL_MAX, close other clients, or raise the server's max_connections.",
    ];
  }
  return undefined;
}

function explainTls(reason: Reason, { label }: ServerAddress, tls: TlsOptions | false): Explanation | undefined {
  if (tls === false && reason.says(/no encryption|SSL off|SSL.* required|requires? SSL|insecure/i)) {
    return [
      'tls-required',
      `The database server at ${label} wants an encrypted connection: ${reason.message}.`,
      'Add ?sslmode=require to DATABASE_URL, or ?sslmode=verify-full to also verify the server. If it refuses that too, ' +
        'allow this user and address in its pg_hba.conf.',
    ];
  }
  if (reason.says(/does not support SSL/i)) {
    return [
      'tls-not-offered',
      `The database server at ${label} does not offer encrypted connections, and DATABASE_URL asks for one.`,
      'Enable ssl on the server. On a network you trust, sslmode=disable connects without.',
    ];
  }
  if (isCertificateError(reason)) {
    return [
      'tls-untrusted',
      `The certificate of the database server at ${label} was not accepted: ${reason.message}.`,
      "Name the authority's certificate with &sslrootcert=/path/ca.pem in DATABASE_URL, and use the host name the certificate was made for.",
    ];
  }
  return undefined;
}

function isCertificateError(reason: Reason): boolean {
  return (
    reason.is(
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'SELF_SIGNED_CERT_IN_CHAIN',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'UNABLE_TO_GET_ISSUER_CERT',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      'CERT_HAS_EXPIRED',
      'CERT_NOT_YET_VALID',
      'CERT_SIGNATURE_FAILURE',
    ) || reason.code.startsWith('ERR_TLS_CERT')
  );
}

function explainRefusal(reason: Reason, address: ServerAddress): Explanation | undefined {
  const { label, databaseName, userName } = address;
  if (reason.is('28P01') || reason.says(/password must be a|password authentication failed/i)) {
    return [
      'authentication-failed',
      `The database server at ${label} did not accept the password of the user ${userName}.`,
      'Correct user and password in DATABASE_URL; percent-encode special characters in the password.',
    ];
  }
  if (reason.is('28000')) {
    return [
      'authentication-failed',
      `The database server at ${label} does not let the user ${userName} in: ${reason.message}.`,
      "Create the role, or allow it in the server's pg_hba.conf.",
    ];
  }
  if (reason.is('3D000')) {
    return [
      'database-missing',
      `The server at ${label} has no database named ${databaseName}.`,
      `Create it: CREATE DATABASE "${databaseName}"; or correct the name in DATABASE_URL.`,
    ];
  }
  if (reason.is('42501')) {
    return [
      'permission-denied',
      `The user ${userName} lacks a permission on the database ${databaseName}: ${reason.message}.`,
      `As an administrator, run: GRANT CONNECT, CREATE ON DATABASE "${databaseName}" TO "${userName}";`,
    ];
  }
  return undefined;
}

function fallback(reason: Reason, { label, databaseName }: ServerAddress): Explanation {
  return [
    'database-failed',
    `The database ${databaseName} at ${label} cannot be used: ${reason.message || reason.code}.`,
    "Look at the server's log for the reason.",
  ];
}
