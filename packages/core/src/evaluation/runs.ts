import { createHash } from 'node:crypto';
import type { EvaluationState } from '@twin/db/evaluation-tables';
import { listDocumentTitles } from '@twin/db/queries/documents';
import {
  type EvaluationRunRow,
  findEvaluationRun,
  insertEvaluationRun,
  listEvaluationResults,
  listEvaluationRuns,
  updateEvaluationRun,
} from '@twin/db/queries/evaluation-runs';
import { findLibraryDigest } from '@twin/db/queries/library';
import { findTwin } from '@twin/db/queries/twins';
import type { TwinScope } from '@twin/db/scope';
import { AppError } from '../app-error.ts';
import type { Deps } from '../deps.ts';
import { type Persona, personaOf } from '../twin/persona.ts';
import type { QuestionEvaluation } from './evaluate-question.ts';
import type { GoldenQuestion } from './golden-question.ts';
import { listGolden } from './golden-questions.ts';
import { findSearchSettings, type SearchSettings } from './search-settings.ts';
import type { RunMeasures } from './summarize-run.ts';

export interface RunSettings extends SearchSettings {
  /** Counts the library's changes: for a person to tell runs by. */
  corpusVersion: number;
  /** A digest of all documents, their titles and contents. */
  library: string;
  /** Null: answers are quoted. */
  chatModel: string | null;
  chatEndpoint: string | null;
  chatContextTokens: number | null;
  persona: Persona | null;
}

export interface EvaluationRunView {
  id: string;
  state: EvaluationState;
  settings: RunSettings;
  /**
   * Of questions, documents, code and settings. Without a chat model, runs with equal hashes have equal numbers, durations
   * aside.
   */
  hash: string;
  questionCount: number;
  questionsDone: number;
  measures: RunMeasures | null;
  error: string | null;
  createdAt: string;
  finishedAt: string | null;
}

export interface RunQuestion {
  question: GoldenQuestion;
  result: QuestionEvaluation | null;
}

export interface RunWithQuestions {
  run: EvaluationRunView;
  questions: RunQuestion[];
  /** Of documents that are expected or were found, by id, as they are called now; those that are gone have none. */
  titles: Record<string, string>;
}

const runsListedMax = 50;

/**
 * Records a run over all golden questions as they are now, and queues it, in one transaction.
 * @throws AppError `conflict` when there is no golden question.
 */
export async function startRun(deps: Deps, scope: TwinScope): Promise<EvaluationRunView> {
  const questions = (await listGolden(deps, scope)).map(({ id: _id, createdAt: _createdAt, ...golden }) => golden);
  if (questions.length === 0) {
    throw new AppError('conflict', 'There are no questions to evaluate yet. Add some first.');
  }
  const settings = await findSettings(deps, scope);
  // Equal libraries are equal, however often they have changed.
  const hashed = JSON.stringify({ settings: { ...settings, corpusVersion: undefined }, questions });
  const hash = createHash('sha256').update(hashed).digest('hex').slice(0, 16);
  const id = await deps.db.transaction().execute(async (tx) => {
    const runId = await insertEvaluationRun(tx, scope, { settings, hash, questions });
    await deps.jobs.enqueueEvaluation(tx, scope, runId);
    return runId;
  });
  return toRunView(await existingRun(deps, scope, id));
}

/** All that a run's numbers depend on beside its questions. */
async function findSettings(deps: Deps, scope: TwinScope): Promise<RunSettings> {
  const [twin, library, ofSearch] = await Promise.all([
    findTwin(deps.db, scope),
    findLibraryDigest(deps.db, scope),
    findSearchSettings(deps),
  ]);
  const { chatModel } = deps;
  return {
    ...ofSearch,
    corpusVersion: twin?.corpusVersion ?? 0,
    library,
    chatModel: chatModel?.modelName ?? null,
    chatEndpoint: chatModel?.endpoint ?? null,
    chatContextTokens: chatModel?.contextTokens ?? null,
    persona: twin ? personaOf(twin) : null,
  };
}

/** Newest first, 50 at most. */
export async function listRuns(deps: Pick<Deps, 'db'>, scope: TwinScope): Promise<EvaluationRunView[]> {
  return (await listEvaluationRuns(deps.db, scope, runsListedMax)).map(toRunView);
}

/** @throws AppError `not-found`. */
export async function getRun(deps: Pick<Deps, 'db'>, scope: TwinScope, id: string): Promise<RunWithQuestions> {
  const run = toRunView(await existingRun(deps, scope, id));
  const rows = await listEvaluationResults(deps.db, scope, id);
  // What is stored in JSON columns was written from these very types.
  const questions = rows.map(({ question, result }) => ({ question, result }) as RunQuestion);
  return { run, questions, titles: await findTitles(deps, scope, questions) };
}

async function findTitles({ db }: Pick<Deps, 'db'>, scope: TwinScope, asked: readonly RunQuestion[]) {
  const ids = asked.flatMap(({ question, result }) => [
    ...question.expected.map(({ documentId }) => documentId),
    ...(result?.ranking ?? []),
  ]);
  return Object.fromEntries(await listDocumentTitles(db, scope, [...new Set(ids)]));
}

/** The question under way is finished; its run is over. @throws AppError `conflict` when the run is over already. */
export async function cancelRun(deps: Deps, scope: TwinScope, id: string): Promise<EvaluationRunView> {
  await existingRun(deps, scope, id);
  if (!(await updateEvaluationRun(deps.db, scope, id, ['queued', 'running'], { state: 'canceled' }))) {
    throw new AppError('conflict', 'This evaluation is over already.');
  }
  return toRunView(await existingRun(deps, scope, id));
}

async function existingRun(deps: Pick<Deps, 'db'>, scope: TwinScope, id: string): Promise<EvaluationRunRow> {
  const run = await findEvaluationRun(deps.db, scope, id);
  if (run === undefined) throw new AppError('not-found', 'This evaluation does not exist.');
  return run;
}

function toRunView(row: EvaluationRunRow): EvaluationRunView {
  return {
    id: row.id,
    state: row.state,
    settings: row.settings as RunSettings,
    hash: row.hash,
    questionCount: row.question_count,
    questionsDone: row.questions_done,
    measures: row.measures as RunMeasures | null,
    error: row.error,
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
  };
}
