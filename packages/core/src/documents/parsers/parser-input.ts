import type { ReadLimits, ReadProgress } from '../../ports.ts';

/** What every parser gets: the whole file, what the uploader said about it, and the bounds of the result. */
export interface ParserInput {
  bytes: Uint8Array;
  fileName: string;
  mediaType: string | null;
  limits: Pick<ReadLimits, 'charactersMax' | 'pagesMax'>;
  onProgress?: ((progress: ReadProgress) => void) | undefined;
}
