import type { DocumentReader } from '../ports.ts';
import { parseDocument } from './parse-document.ts';

/** Reads files that are trusted, without a sandbox: what a person hands to a command of their own, and fixtures. */
export const inProcessReader: DocumentReader = {
  async read(file, { limits, onProgress }) {
    const parts: Uint8Array[] = [];
    for await (const part of file.content()) parts.push(part);
    const bytes = new Uint8Array(Buffer.concat(parts));
    return await parseDocument({ ...file, bytes, limits, onProgress, recognition: { languages: ['eng'] } });
  },
};
