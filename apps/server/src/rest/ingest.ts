import { documentId, text, title } from '@twin/api/fields';
import type { IngestionView } from '@twin/core/documents/document-view';
import { type IngestResult, ingestDocuments } from '@twin/core/documents/ingest-documents';
import { isFinalStage } from '@twin/core/documents/stages';
import { waitForIngestion } from '@twin/core/documents/wait-for-ingestion';
import { limits } from '@twin/core/limits';
import type { IngestionStage } from '@twin/db/schema';
import type { Handler } from 'hono';
import { z } from 'zod';
import type { HttpEnv } from '../http/http-env.ts';
import type { ServerParts } from '../http/server-parts.ts';
import { readJson } from './read-json.ts';
import { storableMetadata } from './storable-metadata.ts';

export const ingestBody = z.object({
  documents: z
    .array(
      z.object({
        id: documentId,
        content: text(limits.ingestContentCharactersMax),
        title: title.exactOptional(),
        metadata: storableMetadata.exactOptional(),
      }),
    )
    .min(1)
    .max(limits.ingestDocumentsMax),
});

/** Where a document stands when the call is answered; `deleted` when it was meanwhile. */
type IngestedStage = IngestionStage | 'deleted';

/** What became of the documents of one call, in the order they were sent. */
export interface IngestAnswer {
  success: boolean;
  ingestionId: string;
  documents: (Pick<IngestResult['documents'][number], 'id' | 'outcome' | 'sameAs'> &
    Pick<IngestionView, 'chunkCount' | 'error'> & { stage: IngestedStage })[];
  message: string;
}

/** After this the answer is 202 and ingestion goes on. */
const waitMsMax = 30_000;

/** `POST /api/ingest`: takes texts in, and answers when they can be asked about. */
export function ingestEndpoint({ deps }: Pick<ServerParts, 'deps'>): Handler<HttpEnv> {
  return async (c) => {
    const { documents } = await readJson(c, ingestBody);
    const principal = c.get('principal');
    const taken = await ingestDocuments(deps, principal, { documents, userLabel: principal.label });
    const versionIds = taken.documents.map(({ versionId }) => versionId);
    const waited = await waitForIngestion(deps, principal.scope, versionIds, { timeoutMs: waitMsMax });
    const results = taken.documents.map((document) => resultOf(document, waited.ingestions));
    const answer: IngestAnswer = {
      success: !results.some(({ stage }) => isNotTakenIn(stage)),
      ingestionId: taken.ingestionId,
      documents: results,
      message: summaryOf(results.map(({ stage }) => stage)),
    };
    return c.json(answer, waited.settled ? 200 : 202);
  };
}

function resultOf({ id, outcome, sameAs, versionId }: IngestResult['documents'][number], ingestions: IngestionView[]) {
  const ingestion = ingestions.find((candidate) => candidate.versionId === versionId);
  return {
    id,
    outcome,
    sameAs,
    stage: ingestion?.stage ?? ('deleted' as const),
    chunkCount: ingestion?.chunkCount ?? null,
    error: ingestion?.error ?? null,
  };
}

function summaryOf(stages: IngestedStage[]): string {
  const tell = (isMeant: (stage: IngestedStage) => boolean, words: (was: string) => string) => {
    const count = stages.filter(isMeant).length;
    return count === 0 ? [] : [`${documents(count)} ${words(count === 1 ? 'was' : 'were')}`];
  };
  const meanwhile = (['canceled', 'replaced', 'deleted'] as const).flatMap((end) =>
    tell(
      (stage) => stage === end,
      (was) => `${was} ${end} meanwhile`,
    ),
  );
  const parts = [
    `${documents(stages.filter((stage) => stage === 'ready').length)} can be asked about`,
    ...tell(isUnfinished, () => 'still being read'),
    ...tell(
      (stage) => stage === 'failed',
      () => 'could not be taken in',
    ),
    ...meanwhile,
  ];
  return `${parts.join(', ')}.`;
}

function isNotTakenIn(stage: IngestedStage): boolean {
  return stage === 'failed' || stage === 'canceled' || stage === 'deleted';
}

function isUnfinished(stage: IngestedStage): boolean {
  return stage !== 'deleted' && !isFinalStage(stage);
}

function documents(count: number): string {
  return count === 1 ? '1 document' : `${count} documents`;
}
