import type { Installation } from '@twin/api/context';
import type { TurnRunner } from '@twin/core/chat/turn-runner';
import type { Deps } from '@twin/core/deps';
import type { Metrics } from '../adapters/prometheus-metrics.ts';
import type { Access } from '../auth/access.ts';
import type { Env } from '../env.ts';
import type { Readiness } from './readiness.ts';
import type { RequestsUnderWay } from './requests-under-way.ts';
import type { WebApp } from './web-app.ts';

/** What the HTTP doors stand on, put together once at the start. */
export interface ServerParts {
  env: Env;
  deps: Deps;
  turns: TurnRunner;
  access: Access;
  installation: Installation;
  metrics: Metrics;
  readiness: Readiness;
  requests: RequestsUnderWay;
  /** Null when it has not been built. */
  webApp: WebApp | null;
  /** Aborted when the server is going down: streams that would last for ever end. */
  closing: AbortSignal;
}
