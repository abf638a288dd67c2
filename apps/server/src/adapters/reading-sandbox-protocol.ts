import type { AppErrorCode } from '@twin/core/app-error';
import type { DrawnPage, PageSource } from '@twin/core/documents/pages/drawn-page';
import type { TextPart } from '@twin/core/documents/parsed-document';
import type { RecognitionSettings } from '@twin/core/documents/recognition/recognition-settings';
import type { ReadLimits, ReadProgress } from '@twin/core/ports';

/** First line on a sandbox's standard input; the file's bytes follow until the end. */
export interface SandboxRequest {
  fileName: string;
  byteSize: number;
  limits: Pick<ReadLimits, 'durationMsMax' | 'memoryMbMax'>;
}

export interface ReadRequest extends SandboxRequest {
  mediaType: string | null;
  limits: ReadLimits;
  /** Opens a locked file. It travels through this pipe alone, where no other process sees it. */
  password?: string | undefined;
  /** Absent: pictures of text are counted and not read. */
  recognition?: RecognitionSettings;
  /** A long table is told in parts. */
  inParts: boolean;
}

export interface DrawRequest extends SandboxRequest {
  source: PageSource;
  /** From 1. */
  page: number;
}

/** A drawn page as one line of JSON. */
export interface SentPage extends Omit<DrawnPage, 'picture'> {
  pictureBase64: string;
}

/**
 * Each line on the sandbox's standard output. The last one is a result or a failure; its `cause` is where in the program
 * the file was given up, for the log.
 */
export type SandboxMessage<Result> =
  | { type: 'progress'; progress: ReadProgress }
  | { type: 'part'; part: TextPart }
  | { type: 'result'; result: Result }
  | SandboxFailure;

export interface SandboxFailure {
  type: 'failure';
  code: AppErrorCode;
  reason: string | undefined;
  message: string;
  cause?: string;
}
