import { countVersionsByStage } from '@twin/db/queries/activity';
import { CACHE_BYTES_MAX } from '@twin/db/queries/cache';
import { type CacheDurability, findCacheDurability } from '@twin/db/queries/cache-durability';
import { findDatabaseVersions } from '@twin/db/queries/database-versions';
import { countDocuments, type TableSize } from '@twin/db/queries/stats';
import { findTokensOfToday, type ModelUsage } from '@twin/db/queries/token-usage';
import { findTwin } from '@twin/db/queries/twins';
import type { IngestionStage } from '@twin/db/schema';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import { listRateLimitUse, type RateLimitUse } from '../rate-limit/list-rate-limit-use.ts';
import { findAdminFigures } from './find-admin-figures.ts';
import { type EmbeddingModelView, findEmbeddingModel } from './find-embedding-model.ts';
import { holdingOf, type TableHolding } from './table-holdings.ts';

export interface AdminOverview {
  /** Callers who have used some of a limit, nearest to its end first. */
  rateLimits: RateLimitUse[];
  tables: (TableSize & { holds: TableHolding })[];
  /** `hits` and `misses` are of the process that answers, since it started. */
  cache: {
    entries: number;
    bytes: number;
    bytesMax: number;
    durability: CacheDurability;
    hits: number;
    misses: number;
  };
  chatModel: string | null;
  embeddingModel: EmbeddingModelView | null;
  database: { home: 'embedded' | 'server'; version: string; vectorVersion: string; sizeBytes: number };
  /** Used since midnight UTC, its limit, and what each model was used for in 30 days. */
  tokens: { today: number; dailyMax: number | null; models: ModelUsage[] };
  /** Ingestions waiting, under way, and documents whose newest one failed. */
  jobs: { queued: number; active: number; failed: number };
}

const activeStages: ReadonlySet<IngestionStage> = new Set(['reading', 'chunking', 'embedding', 'publishing']);

/**
 * What the person who runs the twin looks at: who did what, who nears a limit, what takes space, what is at work. What takes a
 * scan to say is up to a minute old.
 */
export async function getAdminOverview(deps: Deps, scope: TwinScope): Promise<AdminOverview> {
  const { db } = deps;
  const [figures, rateLimits, durability, embeddingModel, versions, jobs, tokens] = await Promise.all([
    findAdminFigures(deps, scope),
    listRateLimitUse(deps, scope),
    findCacheDurability(db),
    findEmbeddingModel(deps),
    findDatabaseVersions(db),
    countJobs(deps, scope),
    findDailyTokens(deps, scope),
  ]);
  const { server: version, vector: vectorVersion } = versions;
  return {
    rateLimits,
    tables: figures.tables.map((table) => ({ ...table, holds: holdingOf(table.name) })),
    cache: { ...figures.cached, bytesMax: CACHE_BYTES_MAX, durability, ...deps.cache.statistics() },
    chatModel: deps.chatModel?.modelName ?? null,
    embeddingModel,
    database: { home: deps.databaseHome, version, vectorVersion, sizeBytes: figures.databaseBytes },
    tokens: { ...tokens, models: figures.models },
    jobs,
  };
}

async function findDailyTokens({ db }: Deps, scope: TwinScope): Promise<Omit<AdminOverview['tokens'], 'models'>> {
  const [today, twin] = await Promise.all([findTokensOfToday(db, scope), findTwin(db, scope)]);
  return { today, dailyMax: twin?.dailyTokensMax ?? null };
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
