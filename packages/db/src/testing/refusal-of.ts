import { expect } from 'vitest';
import { openDatabase } from '../client.ts';
import { StartupError } from '../startup-error.ts';

/** Of roles that tests make. No message may show it. */
export const SECRET_PASSWORD = 'secret-in-a-test';

/** Opens a database that must be refused and gives back the refusal. Fails when there is none, or when it shows the password. */
export async function refusalOf(connectionString: string): Promise<StartupError> {
  const outcome: unknown = await openDatabase({ home: 'server', connectionString, poolMax: 2 }).then(
    async (handle) => await handle.close(),
    (error: unknown) => error,
  );
  expect(outcome).toBeInstanceOf(StartupError);
  const refusal = outcome as StartupError;
  expect(`${refusal.message} ${refusal.nextStep}`).not.toContain(SECRET_PASSWORD);
  return refusal;
}
