import type { RateLimitAlgorithm } from '@twin/db/schema';

const day = 86_400;

/**
 * One list. A call at a door counts against every policy of that door, in this order, until one refuses. The numbers
 * are those of a new twin; its owner may set others (`RatePolicies`).
 *
 * Whoever is counted may use `limit` calls at once, and they flow back evenly, one each `windowSeconds / limit`: never more
 * than `2 × limit` in any window, nor more than `limit` per window for long. Where the owner chose a fixed window, all come
 * back together when it ends: the same bounds, but the `2 × limit` may pass within a moment.
 */
export const rateLimitPolicies = {
  chat: { door: 'chat', per: 'caller', limit: 20, windowSeconds: 60, describes: ['question', 'questions'] },
  'chat-day': {
    door: 'chat',
    per: 'caller',
    limit: 2_000,
    windowSeconds: day,
    describes: ['question', 'questions'],
    survivesCrash: true,
  },
  'chat-twin-day': {
    door: 'chat',
    per: 'twin',
    limit: 10_000,
    windowSeconds: day,
    describes: ['question', 'questions'],
    survivesCrash: true,
  },
  search: { door: 'search', per: 'caller', limit: 60, windowSeconds: 60, describes: ['search', 'searches'] },
  ingest: { door: 'ingest', per: 'caller', limit: 60, windowSeconds: 60, describes: ['ingest call', 'ingest calls'] },
  upload: { door: 'upload', per: 'caller', limit: 300, windowSeconds: 60, describes: ['upload', 'uploads'] },
  write: {
    door: 'write',
    per: 'caller',
    limit: 120,
    windowSeconds: 60,
    describes: ['change', 'changes'],
    least: { limit: 30, windowSeconds: 60 },
  },
  read: {
    door: 'read',
    per: 'caller',
    limit: 1200,
    windowSeconds: 60,
    describes: ['read', 'reads'],
    least: { limit: 120, windowSeconds: 60 },
  },
  // A process each; a look at a page makes two calls, which share it.
  page: {
    door: 'page',
    per: 'caller',
    limit: 240,
    windowSeconds: 60,
    describes: ['look at a page', 'looks at a page'],
  },
  'public-chat': {
    door: 'public-chat',
    per: 'caller',
    limit: 10,
    windowSeconds: 60,
    describes: ['question', 'questions'],
  },
  // A fresh cookie makes a new visitor, and no new address.
  'public-chat-address': {
    door: 'public-chat',
    per: 'address',
    limit: 30,
    windowSeconds: 60,
    describes: ['question', 'questions'],
  },
  'public-chat-address-day': {
    door: 'public-chat',
    per: 'address',
    limit: 300,
    windowSeconds: day,
    describes: ['question', 'questions'],
    survivesCrash: true,
  },
  // One link that leaked must not use up what all share.
  'public-chat-link-day': {
    door: 'public-chat',
    per: 'link',
    limit: 500,
    windowSeconds: day,
    describes: ['question by one link', 'questions by one link'],
    survivesCrash: true,
  },
  'public-chat-twin-day': {
    door: 'public-chat',
    per: 'twin',
    limit: 2_000,
    windowSeconds: day,
    describes: ['question of visitors', 'questions of visitors'],
    survivesCrash: true,
  },
  'public-read': { door: 'public-read', per: 'address', limit: 240, windowSeconds: 60, describes: ['read', 'reads'] },
  'public-write': {
    door: 'public-write',
    per: 'address',
    limit: 60,
    windowSeconds: 60,
    describes: ['change', 'changes'],
  },
  visit: {
    door: 'visit',
    per: 'address',
    limit: 30,
    windowSeconds: 300,
    describes: ['opening of a link', 'openings of a link'],
  },
  unproven: {
    door: 'unproven',
    per: 'address',
    limit: 120,
    windowSeconds: 60,
    describes: ['call without a valid key or session', 'calls without a valid key or session'],
    least: { limit: 30, windowSeconds: 60 },
  },
  'sign-in': {
    door: 'sign-in',
    per: 'address',
    limit: 10,
    windowSeconds: 300,
    describes: ['sign-in attempt', 'sign-in attempts'],
    least: { limit: 3, windowSeconds: 3_600 },
  },
  'sign-in-day': {
    door: 'sign-in',
    per: 'address',
    limit: 200,
    windowSeconds: day,
    describes: ['sign-in attempt', 'sign-in attempts'],
    survivesCrash: true,
    least: { limit: 10, windowSeconds: day },
  },
  account: {
    door: 'account',
    per: 'address',
    limit: 30,
    windowSeconds: 300,
    describes: ['change to the account', 'changes to the account'],
    least: { limit: 3, windowSeconds: 3_600 },
  },
  session: {
    door: 'session',
    per: 'address',
    limit: 600,
    windowSeconds: 60,
    describes: ['session check', 'session checks'],
    least: { limit: 60, windowSeconds: 60 },
  },
} as const satisfies Record<string, RateLimitPolicy>;

export interface RateLimitPolicy {
  /** What a call does that is counted; the procedures and endpoints name it. */
  door: string;
  /**
   * `caller`: a person, an API key, or while nobody is known the address. `link`: all visitors by one share link. `twin`: all
   * callers together.
   */
  per: 'caller' | 'address' | 'link' | 'twin';
  limit: number;
  windowSeconds: number;
  /** For one and for many: "That was the limit of 1 question per minute." */
  describes: readonly [one: string, many: string];
  /** For quotas of a day: a crash of the database must not hand out a fresh one. Costs a logged write per call. */
  survivesCrash?: boolean;
  /** An owner who set less, at once or for long, could not get in again to set it back. */
  least?: { limit: number; windowSeconds: number };
}

/** A policy as the owner has set it. */
export interface RateLimitInForce extends RateLimitPolicy {
  algorithm: RateLimitAlgorithm;
}

export type RateLimitPolicyName = keyof typeof rateLimitPolicies;
export type RateLimitDoor = (typeof rateLimitPolicies)[RateLimitPolicyName]['door'];

export const rateLimitPolicyNames = Object.keys(rateLimitPolicies) as RateLimitPolicyName[];

export function isRateLimitPolicy(name: string): name is RateLimitPolicyName {
  return Object.hasOwn(rateLimitPolicies, name);
}

export const rateLimitDoors = [...new Set(rateLimitPolicyNames.map((name) => rateLimitPolicies[name].door))];

/** What an owner may set. */
export const rateLimitBounds = { limitMax: 1_000_000, windowSecondsMax: 31 * day } as const;
