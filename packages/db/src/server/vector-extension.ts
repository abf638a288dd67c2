import type { Client } from 'pg';
import { postgresErrorCode } from '../postgres-error.ts';
import { StartupError } from '../startup-error.ts';
import type { ServerAddress } from './connection-string.ts';

/** Iterative index scans came with 0.8.0: before it a filtered search silently returns too few rows. */
const VECTOR_VERSION_MIN = [0, 8, 0];
/** 0.8.2 to 0.8.4 repaired a buffer overflow in parallel builds and damage to HNSW graphs under concurrent writes. */
const VECTOR_VERSION_ADVISED = [0, 8, 4];

const INSUFFICIENT_PRIVILEGE = '42501';
/** Another instance created the extension at the same moment. */
const ALREADY_CREATED = ['23505', '42710'];

/**
 * Makes sure that pgvector is installed in the database, at a version that works; with `leaveAsItIs`, that it could be.
 *
 * @throws StartupError `extension-missing`, `extension-not-creatable` or `extension-too-old`.
 */
export async function ensureVectorExtension(
  client: Client,
  address: ServerAddress,
  { leaveAsItIs }: { leaveAsItIs: boolean },
): Promise<{ vectorVersion: string; warnings: string[] }> {
  const { installed, available } = await readVersions(client);
  if (installed === null && available === null) {
    throw new StartupError(
      'extension-missing',
      `The server at ${address.label} does not have the pgvector extension.`,
      'Install pgvector on the server (Debian: postgresql-17-pgvector, Docker: the image pgvector/pgvector:pg17), then start again.',
    );
  }
  const version = installed ?? (await createExtension(client, address, leaveAsItIs));
  if (isOlder(version, VECTOR_VERSION_MIN)) {
    throw new StartupError(
      'extension-too-old',
      `The database ${address.databaseName} has pgvector ${version}; 0.8.0 is the oldest that works.`,
      available !== null && !isOlder(available, VECTOR_VERSION_MIN)
        ? 'In that database, as an administrator, run: ALTER EXTENSION vector UPDATE;'
        : 'Install a newer pgvector on the server, then run in that database: ALTER EXTENSION vector UPDATE;',
    );
  }
  const warnings = isOlder(version, VECTOR_VERSION_ADVISED)
    ? [`pgvector ${version} can damage its index under concurrent writes; 0.8.4 repairs that. Upgrade it when you can.`]
    : [];
  return { vectorVersion: version, warnings };
}

async function createExtension(client: Client, address: ServerAddress, leaveAsItIs: boolean): Promise<string> {
  // Whether a role may is decided by more than can be asked for: managed servers let some roles create some extensions.
  // So it is tried, and taken back.
  await client.query('begin');
  try {
    await client.query('create extension if not exists vector');
    const { installed } = await readVersions(client);
    if (installed === null) throw new Error('The pgvector extension is still missing after it was created');
    await client.query(leaveAsItIs ? 'rollback' : 'commit');
    return installed;
  } catch (error) {
    // One that fails too is over with its connection; what went wrong first is what has to be told.
    await client.query('rollback').catch(() => undefined);
    return await readAfterRefusal(client, address, error);
  }
}

async function readAfterRefusal(client: Client, address: ServerAddress, error: unknown): Promise<string> {
  const code = postgresErrorCode(error);
  if (code === INSUFFICIENT_PRIVILEGE) {
    throw new StartupError(
      'extension-not-creatable',
      `The pgvector extension is not enabled in the database ${address.databaseName}, and this role may not enable it.`,
      `As a superuser, run in the database "${address.databaseName}": CREATE EXTENSION vector;`,
      error,
    );
  }
  const { installed } = await readVersions(client);
  if (code === undefined || !ALREADY_CREATED.includes(code) || installed === null) throw error;
  return installed;
}

async function readVersions(client: Client): Promise<{ installed: string | null; available: string | null }> {
  const { rows } = await client.query<{ installed: string | null; available: string | null }>(`
    select (select extversion from pg_extension where extname = 'vector') as installed,
      (select default_version from pg_available_extensions where name = 'vector') as available`);
  return rows[0] ?? { installed: null, available: null };
}

function isOlder(version: string, floor: number[]): boolean {
  const parts = version.split('.').map((part) => Number.parseInt(part, 10));
  for (const [index, minimum] of floor.entries()) {
    const part = parts[index] ?? 0;
    if (part !== minimum) {
      return part < minimum;
    }
  }
  return false;
}
