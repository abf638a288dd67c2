import { VISITOR_CONVERSATION_DAYS } from '@twin/db/queries/expired-rows';
import { countSearchableDocuments, hasSampleDocuments } from '@twin/db/queries/library';
import { findTwin } from '@twin/db/queries/twins';
import type { TwinScope } from '@twin/db/scope';
import { AppError } from '../app-error.ts';
import type { Deps } from '../deps.ts';
import { sampleQuestions } from '../documents/sample-collection.ts';
import { limits } from '../limits.ts';

/** What the twin is to those who come by a link. */
export interface PublicFace {
  name: string;
  bio: string;
  /** Whether it speaks as "I" or of the person. */
  person: 'first' | 'third';
  suggestedQuestions: string[];
  /** False while there is nothing to answer from. */
  hasDocuments: boolean;
  questionCharactersMax: number;
  /** So long after its last question a conversation is kept. */
  keptDays: number;
}

/** @throws AppError `not-found`. */
export async function getPublicFace({ db }: Pick<Deps, 'db'>, scope: TwinScope): Promise<PublicFace> {
  const [twin, documentCount, hasSamples] = await Promise.all([
    findTwin(db, scope),
    countSearchableDocuments(db, scope, undefined),
    hasSampleDocuments(db, scope),
  ]);
  if (twin === undefined) throw new AppError('not-found', 'This twin does not exist.');
  return {
    name: twin.name,
    bio: twin.bio,
    person: twin.person,
    suggestedQuestions: hasSamples ? [...sampleQuestions] : [],
    hasDocuments: documentCount > 0,
    questionCharactersMax: limits.questionCharactersMax,
    keptDays: VISITOR_CONVERSATION_DAYS,
  };
}
