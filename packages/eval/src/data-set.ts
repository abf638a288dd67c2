import type { ChatTurn } from '@twin/core/chat/chat-turn';
import type { Judgements } from '@twin/core/evaluation/ranking-metrics';

export interface CorpusDocument {
  id: string;
  title: string;
  text: string;
}

/** A [start, end) range of one corpus document's text, in Unicode code points. */
export interface CorpusSpan {
  documentId: string;
  start: number;
  end: number;
}

export interface DataSetQuestion {
  id: string;
  text: string;
  /** What was said before, oldest first. */
  history: ChatTurn[];
  /** Which group of questions it is reported in, such as `follow-up`; undefined where the set makes no difference. */
  group: string | undefined;
  /** False when the documents are known not to answer it; undefined when nobody judged that. */
  answerable: boolean | undefined;
  judgements: Judgements;
  /** Places of short answers: a sentence that holds one of them answers the question. */
  answerSpans: CorpusSpan[];
  /** All that an answer needs, which may be in several places. */
  goldSpans: CorpusSpan[];
}

/** A judged set of questions over documents. */
export interface DataSet {
  name: string;
  documents: CorpusDocument[];
  questions: DataSetQuestion[];
  /** SHA-256 over the files, in hexadecimal. */
  hash: string;
}
