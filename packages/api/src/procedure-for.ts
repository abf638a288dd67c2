import type { RateLimitDoor } from '@twin/core/rate-limit/policies';
import { guardPrincipal } from './middleware/guard-principal.ts';
import { limitRate } from './middleware/limit-rate.ts';
import { translateErrors } from './middleware/translate-errors.ts';
import { type ProcedureMeta, t } from './trpc.ts';

/** Those who act for the twin's owner. Visitors have procedures of their own: `visitorProcedure`. */
const ownerSide: ProcedureMeta['allowed'] = ['owner', 'api-key'];

/** The only way to start a procedure: who may call it, and at which door a call is counted. */
export function procedureFor(door: RateLimitDoor, allowed: ProcedureMeta['allowed'] = ownerSide) {
  return t.procedure.meta({ door, allowed }).use(translateErrors).use(guardPrincipal).use(limitRate);
}
