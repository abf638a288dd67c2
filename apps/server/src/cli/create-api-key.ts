import { openDatabase } from '@twin/db/client';
import { createAuth } from '../adapters/better-auth.ts';
import { createLogger } from '../adapters/pino-logger.ts';
import { isForThisMachineAlone } from '../auth/access.ts';
import { loadAuthSecret } from '../auth/auth-secret.ts';
import { ConfigurationError } from '../configuration-error.ts';
import { databaseConfigOf } from '../database-config.ts';
import type { Env } from '../env.ts';
import type { CommandResult } from './terminal.ts';

const claim = 'Start the server, open it, and claim it with the one-time code from its log.';
const keysElsewhere =
  'With these settings only this machine can open it, which needs neither a key nor an owner. To let others in, set PUBLIC_URL or HOST.';

/** Makes a key that acts for the owner. It is shown here and never again: the database holds its hash. */
export async function createApiKey(env: Env, name: string): Promise<CommandResult> {
  const secret = await loadAuthSecret(env);
  const database = await openDatabase(databaseConfigOf(env), { leaveAsItIs: true });
  try {
    // What it warns of, a schema that is not there, it would have made by a command of its own.
    const logger = createLogger({ level: 'error', forPerson: true });
    const auth = createAuth({ db: database.db, secret, publicOrigin: 'http://localhost', logger });
    const { adapter } = await auth.$context;
    const owner = await adapter.findOne<{ id: string }>({ model: 'user', where: [] });
    if (owner === null) {
      const nextStep = isForThisMachineAlone(env) ? `${keysElsewhere} ${claim}` : claim;
      throw new ConfigurationError([{ name: 'Owner', reason: 'this twin has no owner yet', nextStep }]);
    }
    const { key } = await auth.api.createApiKey({ body: { name, userId: owner.id } });
    return { text: `${key}\n\nSend it as "Authorization: Bearer …". It cannot be shown again.`, data: { key } };
  } finally {
    await database.close();
  }
}
