import { createReadStream } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface Sample {
  documentId: string;
  fileName: string;
  mediaType: string;
  title: string;
}

/** Documents about an invented person, for a twin that has none yet. */
export const sampleCollection: readonly Sample[] = [
  {
    documentId: 'sample-life',
    fileName: 'life-of-ada-quill.md',
    mediaType: 'text/markdown',
    title: 'The life of Ada Quill',
  },
  {
    documentId: 'sample-tide-clock',
    fileName: 'the-tide-clock.html',
    mediaType: 'text/html',
    title: 'The tide clock: a guide for keepers',
  },
  {
    documentId: 'sample-letters',
    fileName: 'letters-to-ines.md',
    mediaType: 'text/markdown',
    title: 'Letters to Ines, 1959–1961',
  },
  {
    documentId: 'sample-interview',
    fileName: 'interview-1987.md',
    mediaType: 'text/markdown',
    title: 'Interview with Ada Quill, 1987',
  },
  {
    documentId: 'sample-rules',
    fileName: 'rules-of-the-workshop.txt',
    mediaType: 'text/plain',
    title: 'The rules of the workshop',
  },
];

/** Questions whose answers stand in the collection word for word, so that quoting answers them well. */
export const sampleQuestions: readonly string[] = [
  'Why did Ada Quill build the tide clock?',
  'How often must the tide clock be wound?',
  'What did Ada Quill say about mistakes?',
];

export function openSample({ fileName }: Sample): AsyncIterable<Uint8Array> {
  return createReadStream(fileURLToPath(new URL(`samples/${fileName}`, import.meta.url)));
}
