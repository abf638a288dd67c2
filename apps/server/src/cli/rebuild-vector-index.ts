import { examineVectorIndex } from '@twin/core/maintenance/examine-vector-index';
import { rebuildIndex } from '@twin/core/maintenance/rebuild-index';
import { initializeDatabase } from '@twin/db/initialize-database';
import type { VectorIndexKind } from '@twin/db/vector';
import { installationScope } from '../auth/authenticate.ts';
import { databaseConfigOf } from '../database-config.ts';
import type { Env } from '../env.ts';
import { showIndexBuild } from './show-index-build.ts';
import type { CommandResult } from './terminal.ts';

/** Builds the index on the vectors anew, and says what it found before and finds now. A running server goes on. */
export async function rebuildVectorIndex(env: Env, { kind }: { kind?: VectorIndexKind }): Promise<CommandResult> {
  const { database } = await initializeDatabase(databaseConfigOf(env));
  try {
    const deps = { db: database.db, databaseHome: database.home };
    const before = await examineVectorIndex(deps, installationScope);
    const startedAt = performance.now();
    const progress = showIndexBuild();
    const rebuilt = await rebuildIndex(deps, installationScope, { kind, onProgress: progress.show }).finally(
      progress.end,
    );
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    const after = await examineVectorIndex(deps, installationScope);
    const done = rebuilt ? `Built anew in ${seconds} s.` : 'Nothing to build.';
    const text = [`Before: ${before.found}`, done, `Now: ${after.found}`].join('\n');
    return { text, data: { before: before.found, rebuilt, seconds, now: after.found } };
  } finally {
    await database.close();
  }
}
