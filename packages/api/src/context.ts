import type { TurnRunner } from '@twin/core/chat/turn-runner';
import type { Deps } from '@twin/core/deps';
import type { Principal } from '@twin/core/principal';
import type { RateLimitDecision } from '@twin/core/rate-limit/check-rate-limit';

/** How this server is reached; the same for every request. */
export interface Installation {
  /** `local`: a loopback address, no account. `owner`: any other address, sign-in or API key required. */
  access: 'local' | 'owner';
  /** What the server listens on, as a person would type it, e.g. `http://localhost:3000`. */
  listening: string;
}

/** What one HTTP request brings to every procedure called in it. */
export interface Context {
  deps: Deps;
  turns: TurnRunner;
  installation: Installation;
  /** Null when the request proved nothing. Only `authenticate()` fills it. */
  principal: Principal | null;
  requestId: string;
  /** The peer's address, or the one a trusted proxy named, as limits count it: an IPv6 caller by the first 64 bits. */
  address: string;
  /** Every limit this request was counted against, in order; the response headers are made from them. */
  rateLimits: RateLimitDecision[];
}
