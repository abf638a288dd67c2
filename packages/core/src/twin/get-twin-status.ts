import { findDatabaseVersions } from '@twin/db/queries/database-versions';
import { hasSampleDocuments } from '@twin/db/queries/library';
import { countDocuments, countFailures, countSearchableChunks } from '@twin/db/queries/stats';
import { findTwin } from '@twin/db/queries/twins';
import { findWaitingIngestions } from '@twin/db/queries/waiting';
import type { TwinScope } from '@twin/db/scope';
import { AppError } from '../app-error.ts';
import type { Deps } from '../deps.ts';
import { readableExtensions, readableKinds } from '../documents/readable-formats.ts';
import { type Remedy, remedyOf } from '../documents/remedy.ts';
import { sampleQuestions } from '../documents/sample-collection.ts';
import { limits } from '../limits.ts';
import { type EmbeddingModelView, findEmbeddingModel } from './find-embedding-model.ts';
import { type Persona, personaOf } from './persona.ts';

export interface TwinStatus {
  persona: Persona;
  /** Null when answers are quoted from the documents instead of written by a model. */
  chatModel: string | null;
  /** Of what answers cost, by its ISO code; null when nobody said what tokens cost. */
  currency: string | null;
  embeddingModel: EmbeddingModelView | null;
  database: { home: 'embedded' | 'server'; version: string };
  documents: {
    ready: number;
    inProgress: number;
    /** Locked and retryable ones included. */
    failed: number;
    /** They wait for the password of their file. */
    locked: number;
    /** Another try can help them. */
    retryable: number;
    canceled: number;
    /** All of them, each once: a ready one whose new version is being read counts above as both. */
    total: number;
  };
  /** Reading that something outside the documents holds up; it goes on by itself. Null when nothing does. */
  waiting: { count: number; message: string } | null;
  /** Passages that a search can find. */
  chunks: number;
  samplesLoaded: boolean;
  /** Answered by the sample collection without a model. */
  sampleQuestions: string[];
  limits: { uploadBytesMax: number; questionCharactersMax: number };
  /** File extensions that can be read, with their dots. */
  formats: string[];
  /** What people call them. */
  formatKinds: string[];
}

/** What the app shows of a twin at all times: what it knows, what answers, and what it takes. */
export async function getTwinStatus(deps: Deps, scope: TwinScope): Promise<TwinStatus> {
  const [twin, embeddingModel, versions, documents, failures, waiting, chunks, samplesLoaded] = await Promise.all([
    findTwin(deps.db, scope),
    findEmbeddingModel(deps),
    findDatabaseVersions(deps.db),
    countDocuments(deps.db, scope),
    countFailures(deps.db, scope),
    findWaitingIngestions(deps.db, scope),
    countSearchableChunks(deps.db, scope),
    hasSampleDocuments(deps.db, scope),
  ]);
  if (!twin) throw new AppError('not-found', 'This twin does not exist.');
  const countWith = (remedy: Remedy) =>
    failures.reduce((sum, { code, count }) => (remedyOf(code) === remedy ? sum + count : sum), 0);
  const { uploadBytesMax, questionCharactersMax } = limits;
  return {
    persona: personaOf(twin),
    chatModel: deps.chatModel?.modelName ?? null,
    currency: deps.chatModel?.pricesPerMillion?.currency ?? null,
    embeddingModel,
    database: { home: deps.databaseHome, version: versions.server },
    documents: { ...documents, locked: countWith('password'), retryable: countWith('retry') },
    waiting: waiting ?? null,
    chunks,
    samplesLoaded,
    sampleQuestions: [...sampleQuestions],
    limits: { uploadBytesMax, questionCharactersMax },
    formats: [...readableExtensions],
    formatKinds: [...readableKinds],
  };
}
