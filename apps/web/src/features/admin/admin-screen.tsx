import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { buttonClasses } from '../../components/button.tsx';
import { LoadState } from '../../components/load-state.tsx';
import { textBars } from '../../components/skeleton.tsx';
import { embeddingModelName } from '../../embedding-model-name.ts';
import { formatBytes, formatCount, formatNumber, formatPercent } from '../../format.ts';
import { isEmptyLibrary, wordsOfUnready } from '../../library-words.ts';
import { trpc } from '../../trpc.ts';
import { useTwinStatus } from '../../use-twin-status.ts';
import type { AdminOverview, TwinStatus } from '../../views.ts';
import { WaitingNotice } from '../documents/waiting-notice.tsx';
import { AdminContents } from './admin-contents.tsx';
import { EmbeddingModelSection } from './embedding-model-section.tsx';
import { IngestionLog } from './ingestion-log.tsx';
import { RateLimitSettings } from './rate-limit-settings.tsx';
import { RateLimitTable } from './rate-limit-table.tsx';
import { ShareLinks } from './share-links.tsx';
import { StorageTable } from './storage-table.tsx';
import { TokenTable } from './token-table.tsx';
import { useOpenedSection } from './use-opened-section.ts';
import { VectorIndexSection } from './vector-index-section.tsx';

const refreshMs = 5_000;

/** The engine room: what runs, what it holds, who is near a limit, what came in. */
export function AdminScreen() {
  const status = useTwinStatus().data;
  const query = useQuery(trpc.admin.overview.queryOptions(undefined, { refetchInterval: refreshMs, staleTime: 0 }));
  const overview = query.data;
  const page = useOpenedSection<HTMLDivElement>(overview !== undefined);
  return (
    <div ref={page} className="mx-auto w-full max-w-4xl px-5 pt-6 pb-20">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <h1 className="font-voice text-3xl font-semibold tracking-tight">Admin</h1>
        <Link to="/admin/evaluation" className={buttonClasses()}>
          Evaluation
        </Link>
      </div>
      <p className="mt-1.5 text-soft">
        What runs, what it holds, and who is near a limit.
        {status !== undefined &&
          ` Listening on ${status.listening}, ${status.access === 'local' ? 'for this computer only' : 'behind sign-in'}.`}
      </p>
      {overview === undefined && (
        <LoadState
          query={query}
          label="Loading"
          bars={['h-40 w-full rounded-2xl', 'mt-8 h-6 w-1/3', ...textBars]}
          className="mt-8"
        />
      )}
      {status !== undefined && <WaitingNotice waiting={status.waiting} />}
      {overview !== undefined && (
        <>
          <Facts overview={overview} status={status} />
          <AdminContents titles={titlesOf(overview)} />
          <ShareLinks access={status?.access} />
          <TokenTable tokens={overview.tokens} currency={status?.currency} />
          <RateLimitTable rateLimits={overview.rateLimits} />
          <RateLimitSettings />
          <EmbeddingModelSection />
          <IngestionLog />
          <VectorIndexSection />
          <StorageTable tables={overview.tables} databaseBytes={overview.database.sizeBytes} />
        </>
      )}
    </div>
  );
}

/** Of the sections, in their order. */
function titlesOf({ embeddingModel }: AdminOverview): string[] {
  const models = embeddingModel === null ? [] : ['Embedding models'];
  const before = ['Public links', 'Tokens', 'Who is near a limit', 'Limits'];
  return [...before, ...models, 'Ingestions', 'Search by meaning', 'Storage'];
}

function Facts({ overview, status }: { overview: AdminOverview; status: TwinStatus | undefined }) {
  const { chatModel, embeddingModel, database, jobs, cache } = overview;
  return (
    <dl className="tabular mt-8 grid gap-px overflow-hidden rounded-2xl border border-line bg-line sm:grid-cols-2 lg:grid-cols-3">
      <Fact name="Answers" value={chatModel ?? 'Quoted from documents'}>
        {chatModel === null
          ? 'No model is configured. Set OPENAI_API_KEY, or OPENAI_BASE_URL for a model of your own, to have answers written.'
          : 'Writes the answers'}
      </Fact>
      <Fact name="Embeddings" value={embeddingModel === null ? 'None yet' : embeddingModelName(embeddingModel)}>
        {embeddingModel !== null && `Finds passages by meaning, ${formatNumber(embeddingModel.dimensions)} dimensions`}
      </Fact>
      <Fact name="Database" value={database.home === 'embedded' ? 'Embedded Postgres' : 'Postgres server'}>
        Version {database.version}, pgvector {database.vectorVersion}, {formatBytes(database.sizeBytes)}
      </Fact>
      <Fact
        name="Library"
        value={
          status === undefined
            ? '…'
            : isEmptyLibrary(status)
              ? 'Empty'
              : formatCount(status.documents.ready, 'document')
        }
      >
        {status !== undefined &&
          (isEmptyLibrary(status)
            ? 'What you add is counted here.'
            : [formatCount(status.chunks, 'passage'), ...wordsOfUnready(status.documents)].join(', '))}
      </Fact>
      <Fact name="Jobs" value={jobs.active === 0 ? 'Idle' : `${formatNumber(jobs.active)} running`}>
        {formatNumber(jobs.queued)} waiting, {formatNumber(jobs.failed)} failed
      </Fact>
      <Fact name="Cache" value={formatCount(cache.entries, 'entry', 'entries')}>
        {formatBytes(cache.bytes)} of {formatBytes(cache.bytesMax)}
        {cache.hits + cache.misses > 0 &&
          `, ${formatPercent(cache.hits / (cache.hits + cache.misses))} of ${formatCount(cache.hits + cache.misses, 'lookup')} found something`}
        {cache.durability === 'unlogged' && '; a crash of the database empties it'}
      </Fact>
    </dl>
  );
}

function Fact({ name, value, children }: { name: string; value: string; children?: ReactNode }) {
  return (
    <div className="min-w-0 bg-surface px-5 py-4">
      <dt className="text-sm text-muted">{name}</dt>
      <dd>
        <p className="mt-1 font-voice text-xl leading-snug font-semibold break-words">{value}</p>
        <p className="mt-1 text-sm leading-relaxed break-words text-soft">{children}</p>
      </dd>
    </div>
  );
}
