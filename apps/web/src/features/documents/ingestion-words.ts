import { formatCount } from '../../format.ts';
import type { DocumentView, IngestionStage } from '../../views.ts';

type Tone = 'working' | 'good' | 'bad' | 'quiet';

/** Where a document stands, in words and as a share. */
export interface IngestionWords {
  label: string;
  tone: Tone;
  /** 0 to 1 within the stage; null when only time will tell. */
  share: number | null;
}

const tones: Record<IngestionStage, Tone> = {
  queued: 'working',
  reading: 'working',
  chunking: 'working',
  embedding: 'working',
  publishing: 'working',
  ready: 'good',
  failed: 'bad',
  canceled: 'quiet',
  replaced: 'quiet',
};

const stageLabels: Record<IngestionStage, string> = {
  queued: 'Waiting',
  reading: 'Being read',
  chunking: 'Being read',
  embedding: 'Being read',
  publishing: 'Being read',
  ready: 'Ready',
  failed: 'Failed',
  canceled: 'Canceled',
  replaced: 'Replaced',
};

/** A stage where there is no room for its progress. */
export function shortWordsOf(stage: IngestionStage): Pick<IngestionWords, 'label' | 'tone'> {
  return { label: stageLabels[stage], tone: tones[stage] };
}

export function isWorking({ ingestion }: Pick<DocumentView, 'ingestion'>): boolean {
  return tones[ingestion.stage] === 'working';
}

/** Whether the newest version waits for the password of its file. */
export function isLocked({ ingestion: { stage, error } }: Pick<DocumentView, 'ingestion'>): boolean {
  return stage === 'failed' && (error?.code === 'password-required' || error?.code === 'password-wrong');
}

export function wordsOf({ ingestion, searchable }: Pick<DocumentView, 'ingestion' | 'searchable'>): IngestionWords {
  return { ...stageWords(ingestion, searchable), tone: tones[ingestion.stage] };
}

function stageWords(ingestion: DocumentView['ingestion'], searchable: boolean): Omit<IngestionWords, 'tone'> {
  const { stage, chunksEmbedded, chunkCount } = ingestion;
  switch (stage) {
    case 'queued':
      return { label: 'Stored, waiting to be read', share: null };
    case 'reading':
      return readingWords(ingestion);
    case 'chunking':
      return { label: 'Cutting into passages', share: null };
    case 'embedding': {
      const share = chunkCount === null ? null : chunksEmbedded / Math.max(1, chunkCount);
      return { label: share === null ? 'Embedding' : `Embedding ${Math.floor(share * 100)} %`, share };
    }
    case 'publishing':
      return { label: 'Making searchable', share: null };
    case 'ready':
      return { label: 'Ready', share: 1 };
    case 'failed':
      return { label: searchable ? 'New version failed, the old one answers' : 'Failed', share: null };
    case 'canceled':
      return { label: 'Canceled', share: null };
    case 'replaced':
      return { label: 'Replaced', share: null };
  }
}

function readingWords({ pagesRead, pageCount, pictures }: DocumentView['ingestion']): Omit<IngestionWords, 'tone'> {
  const { recognised, toRecognise } = pictures;
  if (toRecognise > 0) {
    return { label: `Text recognition (OCR) ${recognised} of ${toRecognise}`, share: recognised / toRecognise };
  }
  if (pageCount === null) return { label: 'Reading', share: null };
  return { label: `Reading page ${pagesRead} of ${pageCount}`, share: pagesRead / Math.max(1, pageCount) };
}

/** "12 pages · 40 passages"; what is unknown is left out. */
export function extentOf({ pageCount, chunkCount }: DocumentView['ingestion']): string {
  return [
    pageCount === null ? null : formatCount(pageCount, 'page'),
    chunkCount === null ? null : formatCount(chunkCount, 'passage'),
  ]
    .filter((part) => part !== null)
    .join(' · ');
}

/** "PDF", "DOCX": the kind of file as people call it. */
export function kindOf({ fileName, mediaType }: Pick<DocumentView, 'fileName' | 'mediaType'>): string {
  const extension = /\.([a-z0-9]{1,5})$/i.exec(fileName)?.[1];
  return (extension ?? mediaType?.split('/').at(-1) ?? 'text').toUpperCase();
}
