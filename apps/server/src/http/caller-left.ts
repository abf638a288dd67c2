import type { Context } from 'hono';
import type { HttpEnv } from './http-env.ts';

/**
 * True when the caller went away before all of the request was here, or before what was here had been read: what fails then
 * is nobody's fault, and nobody hears of it. Such an error has the code of a connection lost to the database.
 */
export function callerLeft(c: Context<HttpEnv>, error: Error): boolean {
  const { errored, complete } = c.env.incoming;
  return errored !== null && (!complete || error === errored || error.cause === errored);
}
