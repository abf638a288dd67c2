import { countVersionsByStage } from '@twin/db/queries/activity';
import { countCacheValues } from '@twin/db/queries/cache';
import { findDatabaseVersions } from '@twin/db/queries/database-versions';
import { listRateLimits } from '@twin/db/queries/rate-limits';
import { countDocuments, findDatabaseSize, listTableSizes, type TableSize } from '@twin/db/queries/stats';
import type { IngestionStage } from '@twin/db/schema';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import { type IngestionCallView, listIngestions } from '../documents/list-ingestions.ts';
import { policyOfKey } from '../rate-limit/check-rate-limit.ts';
import { rateLimitPolicies } from '../rate-limit/policies.ts';
import { type EmbeddingModelView, findEmbeddingModel } from './find-embedding-model.ts';

export interface AdminOverview {
  ingestions: IngestionCallView[];
  /** Callers with an open window, nearest to their limit first. */
  rateLimits: RateLimitUse[];
  tables: TableSize[];
  cache: { entries: number; bytes: number };
  chatModel: string | null;
  embeddingModel: EmbeddingModelView | null;
  database: { home: 'embedded' | 'server'; version: string; vectorVersion: string; sizeBytes: number };
  /** Ingestions waiting, under way, and documents whose newest one failed. */
  jobs: { queued: number; active: number; failed: number };
}

export interface RateLimitUse {
  key: string;
  policy: string;
  count: number;
  limit: number;
  resetMs: number;
}

const ingestionsShownMax = 50;
const activeStages: ReadonlySet<IngestionStage> = new Set(['reading', 'chunking', 'embedding', 'publishing']);

/** What the person who runs the twin looks at: who did what, who nears a limit, what takes space, what is at work. */
export async function getAdminOverview(deps: Deps, scope: TwinScope): Promise<AdminOverview> {
  const { db } = deps;
  const [ingestions, rateLimits, tables, cache, embeddingModel, versions, sizeBytes, jobs] = await Promise.all([
    listIngestions(deps, scope, { limit: ingestionsShownMax }),
    listRateLimitUse(deps, scope),
    listTableSizes(db),
    countCacheValues(db, scope),
    findEmbeddingModel(deps),
    findDatabaseVersions(db),
    findDatabaseSize(db),
    countJobs(deps, scope),
  ]);
  const { server: version, vector: vectorVersion } = versions;
  return {
    ingestions,
    rateLimits,
    tables,
    cache,
    chatModel: deps.chatModel?.modelName ?? null,
    embeddingModel,
    database: { home: deps.databaseHome, version, vectorVersion, sizeBytes },
    jobs,
  };
}

async function listRateLimitUse({ db }: Deps, scope: TwinScope): Promise<RateLimitUse[]> {
  const windows = await listRateLimits(db, scope);
  return windows
    .flatMap((window): RateLimitUse[] => {
      const policy = policyOfKey(window.key);
      return policy ? [{ ...window, policy, limit: rateLimitPolicies[policy].limit }] : [];
    })
    .toSorted((a, b) => b.count / b.limit - a.count / a.limit);
}

async function countJobs({ db }: Deps, scope: TwinScope): Promise<AdminOverview['jobs']> {
  const [stages, { failed }] = await Promise.all([countVersionsByStage(db, scope), countDocuments(db, scope)]);
  const countOf = (isCounted: (stage: IngestionStage) => boolean): number =>
    stages.reduce((sum, { stage, count }) => (isCounted(stage) ? sum + count : sum), 0);
  return {
    queued: countOf((stage) => stage === 'queued'),
    active: countOf((stage) => activeStages.has(stage)),
    failed,
  };
}
