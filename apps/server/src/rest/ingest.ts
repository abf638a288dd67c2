import { documentId, text, title } from '@twin/api/fields';
import { countOf } from '@twin/core/count-of';
import type { IngestionView } from '@twin/core/documents/document-view';
import { type IngestResult, ingestDocuments } from '@twin/core/documents/ingest-documents';
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
      success: !results.some(({ stage }) => notTakenIn.has(fates[stage])),
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

type Fate = 'ready' | 'unfinished' | 'failed' | 'canceled' | 'replaced' | 'deleted';

const fates: Record<IngestedStage, Fate> = {
  queued: 'unfinished',
  reading: 'unfinished',
  chunking: 'unfinished',
  embedding: 'unfinished',
  publishing: 'unfinished',
  ready: 'ready',
  failed: 'failed',
  canceled: 'canceled',
  replaced: 'replaced',
  deleted: 'deleted',
};
const notTakenIn: ReadonlySet<Fate> = new Set(['failed', 'canceled', 'deleted']);

/** What is said of as many as met each fate, in this order; `was` agrees with their number. */
const words: [Fate, (was: string) => string][] = [
  ['ready', () => 'can be asked about'],
  ['unfinished', () => 'still being read'],
  ['failed', () => 'could not be taken in'],
  ['canceled', (was) => `${was} canceled meanwhile`],
  ['replaced', (was) => `${was} replaced meanwhile`],
  ['deleted', (was) => `${was} deleted meanwhile`],
];

function summaryOf(stages: IngestedStage[]): string {
  const parts = words.flatMap(([fate, say]) => {
    const count = stages.filter((stage) => fates[stage] === fate).length;
    const isTold = count > 0 || fate === 'ready';
    return isTold ? [`${countOf(count, 'document')} ${say(count === 1 ? 'was' : 'were')}`] : [];
  });
  return `${parts.join(', ')}.`;
}
