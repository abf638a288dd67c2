import type { AppErrorCode } from '@twin/core/app-error';
import type { ParsedDocument, TextPart } from '@twin/core/documents/parsed-document';
import type { RecognitionSettings } from '@twin/core/documents/recognition/recognition-settings';
import type { ReadLimits, ReadProgress } from '@twin/core/ports';

/** First line on the sandbox's standard input; the file's bytes follow until the end. */
export interface ReadRequest {
  fileName: string;
  mediaType: string | null;
  byteSize: number;
  limits: ReadLimits;
  /** Opens a locked file. It travels through this pipe alone, where no other process sees it. */
  password?: string | undefined;
  /** Absent: pictures of text are counted and not read. */
  recognition?: RecognitionSettings;
  /** A long table is told in parts. */
  inParts: boolean;
}

/**
 * Each line on the sandbox's standard output. The last one is a result or a failure; its `cause` is where in the program
 * the file was given up, for the log.
 */
export type ReadMessage =
  | { type: 'progress'; progress: ReadProgress }
  | { type: 'part'; part: TextPart }
  | { type: 'result'; document: ParsedDocument }
  | { type: 'failure'; code: AppErrorCode; reason: string | undefined; message: string; cause?: string };
