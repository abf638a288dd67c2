import { createBuiltinEmbedder } from '@twin/core/retrieval/builtin-embedder';
import type { DatabaseHandle } from '@twin/db/client';
import { mintTwinScope, type TwinScope } from '@twin/db/scope';
import type { FakeUpstashServer } from '@twin/testing/fake-upstash-server';
import { systemClock } from '../adapters/system-clock.ts';
import type { ImportReport } from '../cli/describe-import-result.ts';
import { type ImportUpstashOptions, importInto, openSources, showPlan } from '../cli/import-upstash.ts';
import type { CommandResult } from '../cli/terminal.ts';
import { parseEnv } from '../env.ts';

export interface UpstashImport {
  scope: TwinScope;
  /** As the command line does it, without opening a database for each pass. */
  run(source: FakeUpstashServer, options?: ImportUpstashOptions): Promise<CommandResult & { report: ImportReport }>;
}

/** What a fake Upstash needs in the environment of who imports from it. */
export function upstashVariables({ vectorUrl, redisUrl, token }: FakeUpstashServer): Record<string, string> {
  return {
    UPSTASH_VECTOR_REST_URL: vectorUrl,
    UPSTASH_VECTOR_REST_TOKEN: token,
    UPSTASH_REDIS_REST_URL: redisUrl,
    UPSTASH_REDIS_REST_TOKEN: token,
  };
}

/** Imports into a new twin of a database that the tests of a file share. */
export async function createUpstashImport({ db, home }: Pick<DatabaseHandle, 'db' | 'home'>): Promise<UpstashImport> {
  const { id } = await db.insertInto('twin').values({ name: 'Importing' }).returning('id').executeTakeFirstOrThrow();
  const scope = mintTwinScope(id);
  const deps = { db, databaseHome: home, embedder: createBuiltinEmbedder(), clock: systemClock };
  return {
    scope,
    async run(source, options = { yes: true }) {
      const sources = openSources(parseEnv(upstashVariables(source)), options);
      const result =
        options.dryRun === true
          ? await showPlan(deps, scope, sources)
          : await importInto(deps, scope, sources, { yes: true });
      return { ...result, report: result.data as ImportReport };
    },
  };
}
