/**
 * One list: every door that limits names one of these. A caller may use `limit` calls at once, and they flow back evenly,
 * one each `windowSeconds / limit`: never more than `2 × limit` in any window, nor more than `limit` per window for long.
 */
export const rateLimitPolicies = {
  chat: { limit: 20, windowSeconds: 60, describes: 'questions' },
  search: { limit: 60, windowSeconds: 60, describes: 'searches' },
  ingest: { limit: 60, windowSeconds: 60, describes: 'ingest calls' },
  upload: { limit: 300, windowSeconds: 60, describes: 'uploads' },
  write: { limit: 120, windowSeconds: 60, describes: 'changes' },
  read: { limit: 1200, windowSeconds: 60, describes: 'reads' },
  'sign-in': { limit: 10, windowSeconds: 300, describes: 'sign-in attempts' },
  'sign-in-day': { limit: 200, windowSeconds: 86_400, describes: 'sign-in attempts', survivesCrash: true },
} as const satisfies Record<string, RateLimitPolicy>;

export interface RateLimitPolicy {
  limit: number;
  windowSeconds: number;
  /** Plural noun for the message: "That was the limit of 20 questions per minute." */
  describes: string;
  /** Calls that may come at once; `limit` when left out. */
  burst?: number;
  /** For quotas of a day: a crash of the database must not hand out a fresh one. Costs a logged write per call. */
  survivesCrash?: boolean;
}

export type RateLimitPolicyName = keyof typeof rateLimitPolicies;
