import { createHash, randomUUID } from 'node:crypto';
import type { Tx } from '@twin/db/db';
import { BLOB_PART_BYTES, insertBlob, insertBlobPart } from '@twin/db/queries/blobs';
import { insertIngestion } from '@twin/db/queries/ingestion-metadata';
import type { TwinScope } from '@twin/db/scope';
import { AppError } from '../app-error.ts';
import type { Deps } from '../deps.ts';
import type { Principal } from '../principal.ts';
import { type Acceptance, acceptDocument, inAcceptance } from './accept-document.ts';
import { announceIngestion } from './announce-ingestion.ts';
import { cleanFileName } from './file-name.ts';
import { ingestionKeptDays } from './list-ingestions.ts';

export interface IngestInput {
  documents: {
    id: string;
    /** Markdown or plain text. */
    content: string;
    title?: string;
    /** Kept with the record of this call. */
    metadata?: Record<string, unknown>;
  }[];
  /** Who calls, for the ingestion log. */
  userLabel: string;
}

export interface IngestResult {
  ingestionId: string;
  /** In the order given. */
  documents: ({ id: string } & Pick<Acceptance, 'outcome' | 'versionId' | 'sameAs'>)[];
}

/**
 * Takes texts in under the caller's ids: all of them, or none. When this resolves they are stored and queued.
 * @throws AppError `invalid-input` naming a document without text.
 */
export async function ingestDocuments(deps: Deps, principal: Principal, input: IngestInput): Promise<IngestResult> {
  const { scope } = principal;
  const empty = input.documents.find((document) => document.content.trim() === '');
  if (empty !== undefined) {
    const message = `The document “${empty.id}” holds no text. Send its text as “content”.`;
    throw new AppError('invalid-input', message, { reason: 'empty' });
  }
  const ingestionId = randomUUID();
  const documents = await inAcceptance(deps, scope, async (tx) => {
    const results: IngestResult['documents'] = [];
    for (const document of input.documents) {
      const { outcome, versionId, sameAs } = await acceptText(deps, tx, scope, document);
      results.push({ id: document.id, outcome, versionId, sameAs });
    }
    await insertIngestion(tx, scope, {
      id: ingestionId,
      userId: input.userLabel,
      documents: input.documents.map(({ id, title, metadata }, index) => ({
        id,
        title: title ?? id,
        outcome: results[index]?.outcome ?? 'created',
        ...(metadata === undefined ? {} : { metadata }),
      })),
      keptDays: ingestionKeptDays,
    });
    return results;
  });
  for (const { versionId } of documents) announceIngestion(deps, scope, versionId);
  return { ingestionId, documents };
}

async function acceptText(deps: Deps, tx: Tx, scope: TwinScope, document: IngestInput['documents'][number]) {
  const bytes = Buffer.from(document.content.toWellFormed(), 'utf8');
  const isMarkdown = markdownSigns.test(document.content);
  return await acceptDocument(deps, tx, scope, {
    documentId: document.id,
    title: document.title,
    fileName: cleanFileName(`${document.id}${isMarkdown ? '.md' : '.txt'}`),
    mediaType: isMarkdown ? 'text/markdown' : 'text/plain',
    origin: 'rest',
    file: bytes.length <= BLOB_PART_BYTES ? { bytes } : { blobId: await storeParts(tx, scope, bytes) },
    contentSha256: createHash('sha256').update(bytes).digest(),
    byteSize: bytes.length,
  });
}

async function storeParts(tx: Tx, scope: TwinScope, bytes: Uint8Array): Promise<string> {
  const partAt = (start: number) => bytes.subarray(start, start + BLOB_PART_BYTES);
  const blobId = await insertBlob(tx, scope, partAt(0));
  for (let partNumber = 1; partNumber * BLOB_PART_BYTES < bytes.length; partNumber += 1) {
    await insertBlobPart(tx, scope, { blobId, partNumber, bytes: partAt(partNumber * BLOB_PART_BYTES) });
  }
  return blobId;
}

/** A heading, a fence or a table row: signs that plain prose does not bear at the start of a line. */
const markdownSigns = /^(?:#{1,6} \S|```|\|[^\n]*\|[^\S\n]*$)/m;
