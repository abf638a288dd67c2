import type { Db } from '@twin/db/db';
import { findRateLimitSettings, type RateLimitSetting } from '@twin/db/queries/rate-limit-settings';
import type { TwinScope } from '@twin/db/scope';
import {
  type RateLimitInForce,
  type RateLimitPolicyName,
  rateLimitPolicies,
  rateLimitPolicyNames,
} from './policies.ts';
import type { RateGate } from './rate-gate.ts';

export type RatePoliciesInForce = Readonly<Record<RateLimitPolicyName, RateLimitInForce>>;

/** The policies as the owner set them. */
export interface RatePolicies {
  /** Those in force: what any process changed is seen within `believedMs`, what this one changed at once. */
  inForce(scope: TwinScope): Promise<RatePoliciesInForce>;
  /** To be called after a change: the next look asks the database. */
  forget(scope: TwinScope): void;
}

interface Known {
  version: number;
  policies: RatePoliciesInForce;
  untilMs: number;
}

/** The age at which settings are looked up again: one small query a second for each process that is used at all. */
export const believedMs = 1_000;

/**
 * Settings are asked for rather than announced: LISTEN works through no transaction pooler, and an announcement that is
 * lost would leave a process with the old numbers for ever. A new version also makes the gate forget whom it refused.
 *
 * @param monotonicMs replaces the process's clock in tests.
 */
export function createRatePolicies(
  db: Db,
  gate: Pick<RateGate, 'forgetRefusals'>,
  monotonicMs: () => number = () => performance.now(),
): RatePolicies {
  const knownByTwin = new Map<number, Known>();
  const asking = new Map<number, Promise<RatePoliciesInForce>>();

  let changes = 0;

  async function ask(scope: TwinScope): Promise<RatePoliciesInForce> {
    const askedAtMs = monotonicMs();
    const changesBefore = changes;
    const { version, settings } = await findRateLimitSettings(db, scope);
    const known = knownByTwin.get(scope.twinId);
    if (known?.version !== version) gate.forgetRefusals();
    const policies = known?.version === version ? known.policies : merge(settings);
    // An answer that a change has overtaken is good for those who asked before it, and no longer.
    const untilMs = changes === changesBefore ? askedAtMs + believedMs : askedAtMs;
    knownByTwin.set(scope.twinId, { version, policies, untilMs });
    return policies;
  }

  return {
    async inForce(scope) {
      const known = knownByTwin.get(scope.twinId);
      if (known !== undefined && monotonicMs() < known.untilMs) return known.policies;
      const underWay = asking.get(scope.twinId);
      if (underWay !== undefined) return await underWay;
      const asked = ask(scope).finally(() => {
        if (asking.get(scope.twinId) === asked) asking.delete(scope.twinId);
      });
      asking.set(scope.twinId, asked);
      return await asked;
    },
    forget({ twinId }) {
      changes += 1;
      const known = knownByTwin.get(twinId);
      if (known !== undefined) known.untilMs = Number.NEGATIVE_INFINITY;
      asking.delete(twinId);
    },
  };
}

function merge(settings: readonly RateLimitSetting[]): RatePoliciesInForce {
  const byName = new Map(settings.map((setting) => [setting.policy, setting]));
  const entries = rateLimitPolicyNames.map((name): [string, RateLimitInForce] => {
    const standard = { ...rateLimitPolicies[name], algorithm: 'token-bucket' as const };
    const { limit, windowSeconds, algorithm } = byName.get(name) ?? standard;
    return [name, { ...standard, limit, windowSeconds, algorithm }];
  });
  return Object.fromEntries(entries) as RatePoliciesInForce;
}
