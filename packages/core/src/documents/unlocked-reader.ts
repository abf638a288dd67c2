import type { DocumentReader } from '../ports.ts';

/** Reads as `reader` does, with a password for the file. */
export function unlockedReader(reader: DocumentReader, password: string): DocumentReader {
  return { read: (file, options) => reader.read({ ...file, password }, options) };
}
