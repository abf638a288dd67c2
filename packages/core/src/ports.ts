import type { Database } from '@twin/db/schema';
import type { TwinScope } from '@twin/db/scope';
import type { Transaction } from 'kysely';
import type { ChatEvent } from './chat/chat-event.ts';
import type { DrawnPage, PageSource } from './documents/pages/drawn-page.ts';
import type { ParsedDocument, TextPart } from './documents/parsed-document.ts';

/** Turns texts into vectors of one width. */
export interface Embedder {
  readonly provider: 'builtin' | 'transformer' | 'openai';
  readonly modelName: string;
  /** Where it is asked; undefined for the provider's own address, and for what runs here. */
  readonly endpoint?: string | undefined;
  /** Known beforehand for the built-in model; learned from the first answer of a remote one. */
  readonly dimensions: number | undefined;
  /** The most texts one call may carry. */
  readonly batchMax: number;
  /** How much a search by its vectors counts beside the search by words, which counts 1. */
  readonly searchWeight: number;
  /** Share of a text's letters that stand in words it has learned, 0 to 1; left out where it reads any language. */
  familiarity?(text: string): Promise<number>;
  /**
   * One vector per text, in order, all of one width, none NaN. A `sentence` is a passage that somebody waits for: it is
   * embedded as one, ahead of those that are taken in.
   * @throws AppError `model-unavailable`, `model-rate-limited` (with `retryAfterMs`) or `model-refused`.
   */
  embed(
    texts: readonly string[],
    purpose: 'passage' | 'sentence' | 'question',
    signal?: AbortSignal,
  ): Promise<Float32Array[]>;
}

export interface ChatPrompt {
  system: string;
  turns: { role: 'user' | 'assistant'; text: string }[];
}

export interface TokenCounts {
  promptTokens: number;
  completionTokens: number;
}

/** What a model read and wrote beside an answer. */
export interface SpentTokens extends TokenCounts {
  /** The endpoint does not tell. */
  isEstimated: boolean;
}

/** A model that writes answers. Absent (undefined in Deps) means answers are quoted from the documents. */
export interface ChatModel {
  readonly modelName: string;
  /** Where it is asked: two servers may serve different models under one name. Undefined where there is one place only. */
  readonly endpoint?: string | undefined;
  /** Tokens it reads and writes at once; undefined when nobody said. */
  readonly contextTokens?: number | undefined;
  /** Per million tokens, in a currency by its ISO code; undefined when nobody said. */
  readonly pricesPerMillion?: { prompt: number; completion: number; currency: string } | undefined;
  /**
   * Text deltas in order. Retries transient failures only before the first delta; calls `onRetry` for each. Calls `onUsage`
   * before the end where the endpoint tells what it counted, and `onCut` where it ended the answer at its limit of tokens.
   * Aborting `signal` closes the upstream request at once.
   * @throws AppError `model-unavailable`, `model-rate-limited` or `model-refused`.
   */
  stream(
    prompt: ChatPrompt,
    options: {
      signal: AbortSignal;
      /** What is left for the answer beside the prompt; undefined leaves it to the endpoint. */
      answerTokensMax?: number | undefined;
      onRetry?: (waitMs: number, reason: string) => void;
      onUsage?: (counts: TokenCounts) => void;
      onCut?: () => void;
    },
  ): AsyncIterable<string>;
}

/** Orders found passages by reading them beside the question. Absent (undefined in Deps) means the search's order stands. */
export interface Reranker {
  /** Of method and model: part of what makes two evaluation runs comparable. */
  readonly name: string;
  /** Whether what it reads is counted and paid for, as a provider's model is. */
  readonly spendsTokens: boolean;
  /**
   * The places of the passages that help to answer, best first; undefined when no order could be made out.
   * @throws AppError `model-unavailable`, `model-rate-limited` or `model-refused`.
   */
  rank(
    question: string,
    passages: readonly string[],
    signal: AbortSignal,
  ): Promise<{ order: number[] | undefined; spent: SpentTokens | undefined }>;
}

export interface ReadLimits {
  durationMsMax: number;
  memoryMbMax: number;
  charactersMax: number;
  /** Of a table that is handed over in parts; longer than any other text. */
  tableCharactersMax: number;
  /** About how long such a part is. */
  partCharacters: number;
  pagesMax: number;
  /** Pictures of text that are recognised (OCR) in one file. */
  recognisedPagesMax: number;
  /** After this long no further picture is begun; what was recognised is kept. */
  recognitionMsMax: number;
}

export interface ReadProgress {
  pagesRead: number;
  pageCount: number;
  /** While pictures of text are recognised: how many of how many are done. */
  recognition?: { pagesDone: number; pageCount: number };
}

/** Reads one untrusted file in a sandbox of its own. */
export interface DocumentReader {
  /**
   * @param file `content` opens the file's bytes, in order and pulled as they are needed, each time it is called; `password`
   * opens a locked file, and is neither kept nor logged.
   * @param options `onPart` is given a long table's text in parts, in order, and no further one before it has resolved;
   * what it rejects with ends the reading. The result then holds the last part alone (`textStart`).
   * @throws AppError `unreadable-document` or `unsupported-type` with a `reason`; a killed sandbox is `unreadable-document`.
   */
  read(
    file: {
      fileName: string;
      mediaType: string | null;
      byteSize: number;
      password?: string | undefined;
      content: () => AsyncIterable<Uint8Array>;
    },
    options: {
      limits: ReadLimits;
      signal: AbortSignal;
      onProgress?: (progress: ReadProgress) => void;
      onPart?: (part: TextPart) => Promise<void>;
    },
  ): Promise<ParsedDocument>;
}

/** Draws pages of untrusted files, each in a sandbox of its own. */
export interface PageDrawer {
  /**
   * @param file `key` tells files apart: who asks for a page that is being drawn, or was a moment ago, is given that one.
   * @throws AppError `unreadable-document` with a `reason`, or `canceled` when the signal aborts before it is drawn.
   */
  draw(
    file: {
      key: string;
      fileName: string;
      byteSize: number;
      source: PageSource;
      content: () => AsyncIterable<Uint8Array>;
    },
    options: { page: number; signal: AbortSignal },
  ): Promise<DrawnPage>;
}

export interface WebPage {
  /** As it was asked for, spelled as a URL is; without its fragment. */
  requestedUrl: string;
  /** After redirects. */
  finalUrl: string;
  mediaType: string | null;
  bytes: Uint8Array;
}

/** Fetches from the web what a person names, and reaches nothing inside the network this runs in. */
export interface WebPageSource {
  /**
   * @param signal ends the fetch before its own time is over.
   * @throws AppError `invalid-input` with a `reason`: the address is refused, or what is there does not come.
   */
  fetch(url: string, signal?: AbortSignal): Promise<WebPage>;
}

/** The durable queue, in the same database. */
export interface JobQueue {
  /** Queues the ingestion of a version inside the transaction that acknowledges it: both happen or neither. */
  enqueueIngestion(tx: Transaction<Database>, scope: TwinScope, versionId: number): Promise<void>;
  /**
   * Reads a version in this process, one after another, with a password that opens its file, and queues the rest of its
   * ingestion: a password is never written into a queue. Returns at once; a process that dies leaves a version that is
   * asked for its password again.
   */
  ingestUnlocked(scope: TwinScope, versionId: number, password: string): void;
  /** Queues the erasure of a deleted document, to be done after a while, inside the transaction that deletes it. */
  enqueueErasure(
    tx: Transaction<Database>,
    scope: TwinScope,
    documentId: string,
    options: { afterSeconds: number },
  ): Promise<void>;
  /** Forgets whatever is queued for these versions when `tx` commits. */
  removeIngestions(tx: Transaction<Database>, scope: TwinScope, versionIds: readonly number[]): Promise<void>;
  /** The same for a run of the golden questions. */
  enqueueEvaluation(tx: Transaction<Database>, scope: TwinScope, runId: string): Promise<void>;
  /** Queues a change of the embedding model inside the transaction that records it. */
  enqueueModelChange(tx: Transaction<Database>, scope: TwinScope, changeId: string): Promise<void>;
}

export interface Logger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

/** In-process announcements. What must survive a crash is in the database; this only saves listeners a poll. */
export interface Announcements {
  publish(topic: `turn:${string}`, event: { sequence: number; event: ChatEvent }): void;
  publish(topic: 'ingestion', event: { twinId: number; versionId: number }): void;
  /** Links that let visitors in were changed. */
  publish(topic: 'share-links', event: { twinId: number }): void;
  subscribe(topic: `turn:${string}` | 'ingestion' | 'share-links', listener: () => void): () => void;
}
