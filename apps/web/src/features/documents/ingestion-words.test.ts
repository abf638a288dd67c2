import { describe, expect, it } from 'vitest';
import type { DocumentView } from '../../views.ts';
import { isToUnlock, isWorking, shortWordsOf, wordsOf } from './ingestion-words.ts';

type Ingestion = DocumentView['ingestion'];

const queued: Ingestion = {
  versionId: 1,
  versionNumber: 1,
  stage: 'queued',
  pageCount: null,
  pagesRead: 0,
  pictures: { recognised: 0, toRecognise: 0, textless: 0 },
  metadata: {},
  characterCount: null,
  chunkCount: null,
  chunksEmbedded: 0,
  attempts: 0,
  warnings: [],
  error: null,
  remedy: null,
  startedAt: null,
  finishedAt: null,
};

function label(changes: Partial<Ingestion>, searchable = false): string {
  return wordsOf({ ingestion: { ...queued, ...changes }, searchable }).label;
}

describe('where a document stands', () => {
  it.each<[Partial<Ingestion>, string]>([
    [{}, 'Stored, waiting to be read'],
    [{ stage: 'reading' }, 'Reading'],
    [{ stage: 'reading', pagesRead: 12, pageCount: 80 }, 'Reading page 12 of 80'],
    [
      { stage: 'reading', pagesRead: 80, pageCount: 80, pictures: { recognised: 3, toRecognise: 20, textless: 0 } },
      'Text recognition (OCR) 3 of 20',
    ],
    [{ stage: 'embedding', chunksEmbedded: 2, chunkCount: 5 }, 'Embedding 40 %'],
    [{ stage: 'embedding', chunksEmbedded: 0, chunkCount: 0 }, 'Embedding 0 %'],
    [{ stage: 'ready' }, 'Ready'],
  ])('%j is said as %s', (changes, words) => {
    expect(label(changes)).toBe(words);
  });

  it('says that an older version still answers when the new one failed', () => {
    expect(label({ stage: 'failed', remedy: 'retry' }, true)).toBe('Failed, the old version answers');
    expect(label({ stage: 'failed', remedy: 'password' }, true)).toBe('Locked, the old version answers');
  });

  it('tells a failure that may pass from a locked file and from one that nothing but another file would mend', () => {
    expect(label({ stage: 'failed', remedy: 'retry' })).toBe('Failed');
    expect(label({ stage: 'failed', remedy: 'password' })).toBe('Locked');
    expect(label({ stage: 'failed', remedy: null })).toBe('Not readable');
    expect(shortWordsOf('failed', 'password').label).toBe('Locked');
    expect(shortWordsOf('ready', null).label).toBe('Ready');
  });

  it('is a failure, not only locked, once a password did not open it', () => {
    const failure = (code: string) => ({ stage: 'reading' as const, code, message: '' });
    expect(isToUnlock({ remedy: 'password', error: failure('password-required') })).toBe(true);
    expect(isToUnlock({ remedy: 'password', error: failure('password-wrong') })).toBe(false);
    expect(isToUnlock({ remedy: null, error: failure('corrupt') })).toBe(false);
  });

  it('is work in progress until ready, failed or canceled', () => {
    expect(isWorking({ ingestion: queued })).toBe(true);
    expect(isWorking({ ingestion: { ...queued, stage: 'failed' } })).toBe(false);
  });
});
