import { readBlob } from '@twin/db/queries/blobs';
import { storeTextPart } from '@twin/db/queries/document-texts';
import { progressed } from '@twin/db/queries/version-tries';
import type { VersionRow } from '@twin/db/queries/versions';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import { limits } from '../limits.ts';
import { cutIntoParts } from './cut-into-parts.ts';
import { titleFromFileName } from './file-name.ts';
import { keepCharset } from './media-type.ts';
import type { ParsedDocument, TextPart } from './parsed-document.ts';
import { readLimits } from './read-limits.ts';
import { recordProgress } from './record-progress.ts';
import type { StageStep, Standing } from './stages.ts';
import { unreadable } from './unreadable.ts';

/**
 * Reads the file in a sandbox and stores its text: that of a long table part by part as it is read, all else at the end.
 * Starts over when it was interrupted; until the last part is stored, with the stage, nobody is shown any.
 */
export const readVersion: StageStep = async (deps, scope, { version }, signal) => {
  const { blob_id: blobId } = version;
  let stored = 0;
  if (blobId === null) throw unreadable(version.file_name, 'corrupt', new Error('The blob is gone'));
  const parsed = await deps.reader.read(
    {
      fileName: version.file_name,
      mediaType: version.media_type,
      byteSize: version.byte_size,
      content: () => readBlob(deps.db, scope, { id: blobId, byteSize: version.byte_size }),
    },
    {
      limits: readLimits,
      signal,
      onProgress: recordProgress(deps, scope, version),
      async onPart(part) {
        // Told by a sandbox, in which the file may have had its way.
        if (part.start !== stored) throw unreadable(version.file_name, 'crashed', new Error('A part is out of place'));
        stored += part.text.length;
        if (stored > readLimits.tableCharactersMax) throw unreadable(version.file_name, 'too-large');
        await storePart(deps, scope, version, part);
      },
    },
  );
  return await storeText(deps, scope, version, parsed);
};

/** @throws Error when the version has been canceled, replaced or deleted: the reading ends there. */
async function storePart(deps: Deps, scope: TwinScope, version: VersionRow, part: TextPart): Promise<void> {
  const current = await storeTextPart(deps.db, scope, toTarget(version), { part, changes: {} });
  if (current === undefined) throw new Error(`Version ${version.id} is not being read any more`);
}

/** The last part of the text and what reading told end the stage together. */
async function storeText(
  deps: Deps,
  scope: TwinScope,
  version: VersionRow,
  parsed: ParsedDocument,
): Promise<Standing | undefined> {
  const { textStart = 0 } = parsed;
  const parts = [...cutIntoParts(parsed, limits.textPartCharacters)];
  const part = parts.pop() ?? { start: textStart, text: '', blocks: [] };
  for (const earlier of parts) await storePart(deps, scope, version, earlier);
  const changes = {
    ...progressed,
    stage: 'chunking' as const,
    media_type: keepCharset(parsed.mediaType, version.media_type),
    page_count: parsed.pageCount,
    pages_read: parsed.pageCount ?? 0,
    pictures_recognised: parsed.pictures?.recognised ?? 0,
    pictures_to_recognise: parsed.pictures?.unrecognised ?? 0,
    pages_textless: parsed.pictures?.textless ?? 0,
    file_metadata: parsed.metadata ?? {},
    character_count: textStart + parsed.canonicalText.length,
    warnings: parsed.warnings,
  };
  const names = {
    unnamed: titleFromFileName(version.file_name),
    title: parsed.title?.slice(0, limits.titleCharactersMax) ?? null,
  };
  const stored = await storeTextPart(deps.db, scope, toTarget(version), { part, changes, names });
  if (stored === undefined) return undefined;
  const isWhole = part.start === 0 && part.text !== '';
  return { version: stored.version, inHand: { document: stored.document, ...(isWhole && { text: part }) } };
}

function toTarget({ id, document_id: documentId }: VersionRow): { id: number; documentId: string } {
  return { id, documentId };
}
