import { createHash } from 'node:crypto';
import type { Deps } from '@twin/core/deps';
import { findSearchSettings, type SearchSettings } from '@twin/core/evaluation/search-settings';
import { countSearchableDocuments } from '@twin/db/queries/library';
import type { TwinScope } from '@twin/db/scope';
import { askQuestion, type QuestionResult } from './ask-question.ts';
import type { Holders } from './build-library.ts';
import type { DataSet, DataSetQuestion } from './data-set.ts';
import { type LeaveGoldOut, leaveGoldOut } from './leave-gold-out.ts';
import { type Library, openLibrary } from './open-library.ts';
import {
  type GroupSummary,
  type RefusalSummary,
  summarizeGroups,
  summarizeRefusal,
  summarizeSpeed,
} from './summarize.ts';

export interface EvaluationInput {
  dataSet: DataSet;
  holders: Holders;
  /** Its questions are asked too: about other things, they should be refused. */
  offTopic: DataSet | undefined;
  /** The first questions of each set only. */
  questionsMax: number | undefined;
  /** Also tells how sure answers are with the documents hidden that answer the question. */
  leavesGoldOut?: boolean | undefined;
  signal: AbortSignal;
  /** Called after each question. */
  onProgress: () => void;
}

export interface EvaluationReport {
  dataSet: string;
  /** Documents that can be found, and those that cannot: without a text, or failed on their way in. */
  documentCount: number;
  documentsLeftOut: number;
  settings: SearchSettings;
  /** Of data set, settings, questions asked and how many documents were left out: where it is equal and the search exact, so are all numbers but the durations. */
  hash: string;
  groups: GroupSummary[];
  refusal: RefusalSummary[];
  leaveGoldOut: LeaveGoldOut | undefined;
  retrieveMs: { p50: number; p95: number };
  questions: QuestionResult[];
}

/** Asks all questions of a data set whose documents are in the library, one after the other. */
export async function runEvaluation(deps: Deps, scope: TwinScope, input: EvaluationInput): Promise<EvaluationReport> {
  const { dataSet, offTopic, signal, onProgress } = input;
  const documentCount = await countSearchableDocuments(deps.db, scope);
  const documentsLeftOut = new Set(input.holders.values()).size - documentCount;
  const library = await openLibrary(deps, scope, dataSet, input.holders);
  const questions = dataSet.questions.slice(0, input.questionsMax);
  const others = (offTopic?.questions ?? []).slice(0, input.questionsMax);
  const results = await askAll(deps, scope, { library, asked: questions, signal, onProgress });
  const otherResults = await askAll(deps, scope, { library, asked: others, signal, onProgress });
  const withoutGold = input.leavesGoldOut
    ? await leaveGoldOut(deps, scope, { library, asked: questions, signal, onProgress })
    : undefined;

  const answerable = results.filter((result) => result.answerable === true && result.ndcg !== undefined);
  const unanswerable = results.filter((result) => result.answerable === false);
  const settings = await findSearchSettings(deps);
  return {
    dataSet: dataSet.name,
    documentCount,
    documentsLeftOut,
    settings,
    hash: hashOf({
      dataSet: dataSet.hash,
      offTopic: offTopic?.hash,
      settings,
      questionsMax: input.questionsMax,
      documentsLeftOut,
      leavesGoldOut: input.leavesGoldOut,
    }),
    groups: summarizeGroups(results),
    refusal: [
      summarizeRefusal(`questions of ${offTopic?.name}`, answerable, otherResults),
      summarizeRefusal('its own unanswerable questions', answerable, unanswerable),
    ].filter((summary) => summary !== undefined),
    leaveGoldOut: withoutGold,
    retrieveMs: summarizeSpeed(results),
    questions: results,
  };
}

interface Asking {
  library: Library;
  asked: readonly DataSetQuestion[];
  signal: AbortSignal;
  onProgress: () => void;
}

async function askAll(deps: Deps, scope: TwinScope, { library, asked, signal, onProgress }: Asking) {
  const results: QuestionResult[] = [];
  for (const question of asked) {
    signal.throwIfAborted();
    results.push(await askQuestion(deps, scope, { library, question, signal }));
    onProgress();
  }
  return results;
}

function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}
