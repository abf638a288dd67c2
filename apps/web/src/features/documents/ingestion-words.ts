import type { DocumentView, IngestionStage } from '../../views.ts';

type Remedy = DocumentView['ingestion']['remedy'];
type Tone = 'working' | 'good' | 'locked' | 'bad' | 'quiet';

/** Where a document stands, in words and as a share. */
export interface IngestionWords {
  label: string;
  tone: Tone;
  /** 0 to 1 within the stage; null when only time will tell. */
  share: number | null;
}

const stageWords: Record<IngestionStage, Pick<IngestionWords, 'label' | 'tone'>> = {
  queued: { label: 'Waiting', tone: 'working' },
  reading: { label: 'Being read', tone: 'working' },
  chunking: { label: 'Being read', tone: 'working' },
  embedding: { label: 'Being read', tone: 'working' },
  publishing: { label: 'Being read', tone: 'working' },
  ready: { label: 'Ready', tone: 'good' },
  failed: { label: 'Failed', tone: 'bad' },
  canceled: { label: 'Canceled', tone: 'quiet' },
  replaced: { label: 'Replaced', tone: 'quiet' },
};

/** A stage where there is no room for its progress. */
export function shortWordsOf(stage: IngestionStage, remedy: Remedy): Pick<IngestionWords, 'label' | 'tone'> {
  return { ...stageWords[stage], ...(stage === 'failed' && failureWords(remedy)) };
}

export function isWorking({ ingestion }: Pick<DocumentView, 'ingestion'>): boolean {
  return stageWords[ingestion.stage].tone === 'working';
}

/** Whether it waits for its password and none was tried: a wrong one is a failure to whoever has just entered it. */
export function isToUnlock({ remedy, error }: Pick<DocumentView['ingestion'], 'remedy' | 'error'>): boolean {
  return remedy === 'password' && error?.code !== 'password-wrong';
}

export function wordsOf(document: Pick<DocumentView, 'ingestion' | 'searchable'>): IngestionWords {
  const { ingestion } = document;
  return { ...stageWords[ingestion.stage], share: null, ...finerWords(document) };
}

/** What can be said beyond the name of the stage. */
function finerWords({
  ingestion,
  searchable,
}: Pick<DocumentView, 'ingestion' | 'searchable'>): Partial<IngestionWords> {
  const { stage, chunksEmbedded, chunkCount, remedy } = ingestion;
  switch (stage) {
    case 'queued':
      return { label: 'Stored, waiting to be read' };
    case 'reading':
      return readingWords(ingestion);
    case 'chunking':
      return { label: 'Cutting into passages' };
    case 'embedding': {
      const share = chunkCount === null ? null : chunksEmbedded / Math.max(1, chunkCount);
      return { label: share === null ? 'Embedding' : `Embedding ${Math.floor(share * 100)} %`, share };
    }
    case 'publishing':
      return { label: 'Making searchable' };
    case 'failed': {
      const words = failureWords(remedy);
      return searchable ? { ...words, label: `${words.label}, the old version answers` } : words;
    }
    default:
      return {};
  }
}

function failureWords(remedy: Remedy): Pick<IngestionWords, 'label' | 'tone'> {
  if (remedy === 'password') return { label: 'Locked', tone: 'locked' };
  return { label: remedy === null ? 'Not readable' : 'Failed', tone: 'bad' };
}

function readingWords({ pagesRead, pageCount, pictures }: DocumentView['ingestion']): Partial<IngestionWords> {
  const { recognised, toRecognise } = pictures;
  if (toRecognise > 0) {
    return { label: `Text recognition (OCR) ${recognised} of ${toRecognise}`, share: recognised / toRecognise };
  }
  if (pageCount === null) return { label: 'Reading' };
  return { label: `Reading page ${pagesRead} of ${pageCount}`, share: pagesRead / Math.max(1, pageCount) };
}
