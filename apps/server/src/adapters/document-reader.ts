import { AppError } from '@twin/core/app-error';
import type { ParsedDocument } from '@twin/core/documents/parsed-document';
import type { RecognitionSettings } from '@twin/core/documents/recognition/recognition-settings';
import type { DocumentReader, ReadProgress } from '@twin/core/ports';
import { sandboxPrograms } from './find-sandbox-program.ts';
import { readInSandbox } from './reading-sandbox.ts';

/**
 * Reads each file in a sandbox. A file with pages that hold no text is read a second time, in another sandbox that may
 * also recognise pictures of text: what has text is done in seconds, and trouble with pictures never costs it.
 *
 * @param options `recognition`: what languages pictures of text are in; `entry`: the sandbox's program, others for tests.
 */
export function createDocumentReader({
  recognition = { languages: ['eng'] },
  entry,
}: {
  recognition?: RecognitionSettings;
  entry?: string;
} = {}): DocumentReader {
  return {
    async read({ content, ...file }, { limits, signal, onProgress, onPart }) {
      const request = { ...file, limits };
      const read = { entry: entry ?? sandboxPrograms()['reading-sandbox-worker'], signal };
      let pages = { pagesRead: 0, pageCount: 0 };
      const onPage = (progress: ReadProgress) => {
        pages = progress;
        onProgress?.(progress);
      };
      const first = await readInSandbox({ ...read, request, content: content(), onProgress: onPage, onPart }).catch(
        textlessOrThrow,
      );
      const isComplete = !(first instanceof AppError) && (first.pictures?.unrecognised ?? 0) === 0;
      if (isComplete) return first;
      // The sandbox stops recognising by itself after `recognitionMsMax`, and keeps what it has.
      const durationMsMax = limits.durationMsMax + limits.recognitionMsMax;
      const patient = { ...request, recognition, limits: { ...limits, durationMsMax } };
      // The pages have been counted before: only what is recognised is news.
      const onRecognised = ({ recognition: step }: ReadProgress) => {
        if (step !== undefined) onProgress?.({ ...pages, recognition: step });
      };
      try {
        return await readInSandbox({ ...read, request: patient, content: content(), onProgress: onRecognised });
      } catch (error) {
        // The text that is there is worth more than the pictures that could not be read.
        if (first instanceof AppError || !(error instanceof AppError)) throw error;
        return withWarning(first, error);
      }
    },
  };
}

/** A file of nothing but pictures has no text until they are recognised. */
function textlessOrThrow(error: unknown): AppError {
  if (error instanceof AppError && error.reason === 'no-text') return error;
  throw error;
}

function withWarning(document: ParsedDocument, { message }: AppError): ParsedDocument {
  return { ...document, warnings: [...document.warnings, `Text recognition (OCR) gave up: ${message}`] };
}
