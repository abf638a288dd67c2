import type { ReadLimits, ReadProgress } from '../../ports.ts';
import type { ParsedFile, TextPart } from '../parsed-document.ts';
import type { PictureReader } from '../recognition/picture-reader.ts';
import type { ReadBudget } from './read-budget.ts';

/** One file: its bytes and what the uploader, or the archive it was in, says about it. */
export interface FileInput {
  /** Given away: a parser may take over the buffer behind them. */
  bytes: Uint8Array;
  fileName: string;
  mediaType: string | null;
}

/** What every parser gets: the whole file, and the bounds of the result. */
export interface ParserInput extends FileInput {
  limits: Pick<ReadLimits, 'charactersMax' | 'tableCharactersMax' | 'partCharacters' | 'pagesMax'>;
  /** Opens a locked file, this one or one inside. */
  password?: string | undefined;
  onProgress?: ((progress: ReadProgress) => void) | undefined;
  /** Takes a text in parts; absent for files inside of others, which are read in one piece. */
  onPart?: ((part: TextPart) => Promise<void>) | undefined;
  budget: ReadBudget;
  /** Reads pictures of text, or counts them; one for the whole upload. */
  pictures: PictureReader;
  /**
   * Reads a file found inside this one, within what is left of the upload's budget.
   * @throws AppError as `parseDocument` does; reason `nested-too-deeply` below the deepest level that is read.
   */
  readPart(part: FileInput): Promise<ParsedFile>;
}
