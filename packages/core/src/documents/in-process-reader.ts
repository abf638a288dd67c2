import type { DocumentReader } from '../ports.ts';
import { parseDocument } from './parse-document.ts';
import type { TextPart } from './parsed-document.ts';

/** Reads files that are trusted, without a sandbox: what a person hands to a command of their own, and fixtures. */
export const inProcessReader: DocumentReader = {
  async read(file, { limits, onProgress, onPart }) {
    const parts: Uint8Array[] = [];
    for await (const part of file.content()) parts.push(part);
    const bytes = new Uint8Array(Buffer.concat(parts));
    // Of what goes wrong in reading only the file is blamed; that a part could not be taken is not its fault.
    let refusal: { error: unknown } | undefined;
    const take = async (part: TextPart) => {
      await onPart?.(part).catch((error: unknown) => {
        refusal = { error };
        throw error;
      });
    };
    const input = { ...file, bytes, limits, onProgress, recognition: { languages: ['eng'] } };
    return await parseDocument({ ...input, onPart: onPart && take }).catch((error: unknown) => {
      throw refusal === undefined ? error : refusal.error;
    });
  },
};
