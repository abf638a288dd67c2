import type { Context } from 'hono';
import type { HttpEnv } from './http-env.ts';

/** True when the caller went away before all of the request was here: what fails then is nobody's fault, and nobody hears of it. */
export function callerLeft(c: Context<HttpEnv>): boolean {
  const { errored, complete } = c.env.incoming;
  return errored !== null && !complete;
}
