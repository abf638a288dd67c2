import { expect, test } from 'vitest';
import { databaseConfigOf, jobConnectionsMax } from './database-config.ts';
import { parseEnv } from './env.ts';

function connectionsOf(variables: Record<string, string>): { product: number; jobs: number } {
  const env = parseEnv({ DATABASE_URL: 'postgres://twin@db.example/twin', ...variables });
  const config = databaseConfigOf(env);
  if (config.home !== 'server') throw new Error('This is not a server');
  return { product: config.poolMax, jobs: jobConnectionsMax(env.databasePoolMax) };
}

test.each([
  // What is counted is all that the server is asked for, whichever part asks.
  [{}, { product: 16, jobs: 4 }],
  [{ DATABASE_POOL_MAX: '100' }, { product: 96, jobs: 4 }],
  [{ DATABASE_POOL_MAX: '5' }, { product: 4, jobs: 1 }],
])('the connections of %o are split', (variables, expected) => {
  expect(connectionsOf(variables)).toEqual(expected);
});
