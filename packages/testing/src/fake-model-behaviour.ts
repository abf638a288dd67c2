/** What the fake model server does with one request. Without `endpoint` a behaviour is for chat requests. */
export type FakeModelBehaviour = { endpoint?: 'chat' | 'embeddings' } & (
  | {
      /** Answers well. Without `text` it quotes the numbered passages of the prompt and cites each as `[n]`. */
      kind: 'answer';
      text?: string;
      /** Pause before every token (about four characters). */
      msPerToken?: number;
      /** Ends the answer with the finish reason `length` after so many; else a request's own `max_tokens` does. */
      tokensMax?: number;
      /** Of embeddings: those of two models have nothing in common, as those of real ones. */
      perModel?: boolean;
      /** Of embeddings: a pause for each text that is sent. */
      msPerText?: number;
      /** In this process alone: what comes after `heldAfterTokens` waits for this; without those, the end. Embeddings wait whole. */
      heldUntil?: Promise<unknown>;
      heldAfterTokens?: number;
    }
  | {
      /** Goes silent with the connection open; `afterTokens: 0` (the default) sends not even headers. */
      kind: 'stall';
      afterTokens?: number;
    }
  | { kind: 'http-error'; status: number; retryAfterSeconds?: number; message?: string; code?: string }
  /** Sends tokens, then an event that is not JSON. */
  | { kind: 'malformed'; afterTokens?: number }
  | {
      /** Breaks off after some tokens: by destroying the socket, or `politely`, a clean end without a finish reason. */
      kind: 'cut';
      text?: string;
      afterTokens?: number;
      politely?: boolean;
    }
  /** Never stops writing. */
  | { kind: 'endless'; msPerToken?: number }
  | {
      /** Status 200 around an error: as the whole body, or `asEvent` as the first event of the stream. */
      kind: 'error-body';
      asEvent?: boolean;
    }
  | { kind: 'wrong-width'; endpoint: 'embeddings'; dimensions: number }
  | { kind: 'not-a-number'; endpoint: 'embeddings' }
  /** Closes the connection without a byte. */
  | { kind: 'hang-up' }
);

/** One request as the server saw it. Times are milliseconds since the epoch. */
export interface FakeModelRequest {
  path: string;
  authorization: string | null;
  body: Record<string, unknown>;
  receivedAt: number;
  tokensSent: number;
  /** When the answer was fully sent; null while it is not. */
  endedAt: number | null;
  /** When the caller left before the answer was fully sent. */
  abortedAt: number | null;
}
