import { listFixtureFiles } from '@twin/testing/fixtures/fixture-files';
import type { AppError } from '../app-error.ts';
import { parseDocument } from '../documents/parse-document.ts';
import type { ParsedDocument } from '../documents/parsed-document.ts';
import { readLimits } from '../documents/read-limits.ts';

/** Reads bytes, or a text, as a file of that name; pictures as English. */
export function readBytes(fileName: string, content: Uint8Array | string): Promise<ParsedDocument> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return parseDocument({ bytes, fileName, mediaType: null, limits: readLimits, recognition: { languages: ['eng'] } });
}

/** Reads one of the fixture files. */
export function readFixture(fileName: string): Promise<ParsedDocument> {
  const file = listFixtureFiles().find((fixture) => fixture.fileName === fileName);
  if (file === undefined) throw new Error(`There is no fixture ${fileName}.`);
  return readBytes(fileName, file.bytes);
}

/** The reason a file is refused for; undefined when it is read. */
export async function refusalOf(reading: Promise<unknown>): Promise<string | undefined> {
  const error: unknown = await reading.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error === undefined ? undefined : (error as AppError).reason;
}

/** `kind: text` of every block, cut out of the text by its offsets. */
export function outlineOf(parsed: ParsedDocument): string[] {
  return parsed.blocks.map((block) => {
    const name = block.level === undefined ? block.kind : `${block.kind}${block.level}`;
    return `${name}: ${parsed.canonicalText.slice(block.start, block.end)}`;
  });
}
