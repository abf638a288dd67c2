/** Fixed windows, counted per principal. One list: every door that limits names one of these. */
export const rateLimitPolicies = {
  chat: { limit: 20, windowSeconds: 60, describes: 'questions' },
  search: { limit: 60, windowSeconds: 60, describes: 'searches' },
  ingest: { limit: 60, windowSeconds: 60, describes: 'ingest calls' },
  upload: { limit: 300, windowSeconds: 60, describes: 'uploads' },
  write: { limit: 120, windowSeconds: 60, describes: 'changes' },
  read: { limit: 1200, windowSeconds: 60, describes: 'reads' },
  'sign-in': { limit: 10, windowSeconds: 300, describes: 'sign-in attempts' },
} as const satisfies Record<string, RateLimitPolicy>;

export interface RateLimitPolicy {
  limit: number;
  windowSeconds: number;
  /** Plural noun for the message: "You have used your 20 questions for this minute." */
  describes: string;
}

export type RateLimitPolicyName = keyof typeof rateLimitPolicies;
