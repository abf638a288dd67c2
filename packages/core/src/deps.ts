import type { Database } from '@twin/db/schema';
import type { Kysely } from 'kysely';
import type { Cache } from './cache/create-cache.ts';
import type {
  Announcements,
  ChatModel,
  Clock,
  DocumentReader,
  Embedder,
  JobQueue,
  Logger,
  PageDrawer,
  Reranker,
  WebPageSource,
} from './ports.ts';
import type { RateGate } from './rate-limit/rate-gate.ts';
import type { RatePolicies } from './rate-limit/rate-policies.ts';
import type { Slots } from './slots.ts';
import type { WatchPlaces } from './visitors/watch-places.ts';

/** What a use case stands on. Built once by the composition root; tests build their own. */
export interface Deps {
  /** A digest of the code that finds, answers and measures: where it differs, an evaluation may come out otherwise. */
  code: string;
  db: Kysely<Database>;
  /** `embedded` is PGlite: one connection, no half-precision hardware. `server` is any Postgres. */
  databaseHome: 'embedded' | 'server';
  rateGate: RateGate;
  ratePolicies: RatePolicies;
  cache: Cache;
  /**
   * Of searches for the nearest, which compute without waiting for anything. Far more of them at once than the database has
   * cores do no more together, and each takes longer: on two cores 20 at once do as many a second as eight, at twice the time
   * each (bench/vectors.md). Meanwhile the pool's other connections serve what is quick.
   */
  searchSlots: Slots;
  watchPlaces: WatchPlaces;
  embedder: Embedder;
  /**
   * The embedder of a model that is not the configured one: while the library's vectors come from it, it goes on answering.
   * Undefined for a model that cannot be asked any more; left out where there is only the configured one.
   */
  otherEmbedder?: (model: { provider: string; name: string; dimensions: number }) => Embedder | undefined;
  chatModel: ChatModel | undefined;
  reranker?: Reranker | undefined;
  reader: DocumentReader;
  pages: PageDrawer;
  webPages: WebPageSource;
  jobs: JobQueue;
  announcements: Announcements;
  clock: Clock;
  logger: Logger;
}
