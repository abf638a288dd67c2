/** What must hold for the server to take work. */
export interface Readiness {
  /** Each check's name with `ok`, or what is wrong. */
  check(): Promise<{ ready: boolean; checks: Record<string, string> }>;
  /** From now on not ready, whatever the checks say. */
  close(): void;
}

const checkMsMax = 2000;

/** @param probes each rejects, with words for an operator, when its part is not usable. */
export function createReadiness(probes: Record<string, () => Promise<void>>): Readiness {
  let closed = false;
  return {
    async check() {
      const results = Object.entries(probes).map(async ([name, probe]) => [name, await verdictOf(probe)] as const);
      const checks = Object.fromEntries(await Promise.all(results));
      const ready = !closed && Object.values(checks).every((verdict) => verdict === 'ok');
      return { ready, checks: closed ? { ...checks, server: 'is shutting down' } : checks };
    },
    close() {
      closed = true;
    },
  };
}

async function verdictOf(probe: () => Promise<void>): Promise<string> {
  const { promise: late, resolve } = Promise.withResolvers<string>();
  const timer = setTimeout(resolve, checkMsMax, `no answer within ${checkMsMax} ms`);
  const verdict = probe().then(
    () => 'ok',
    () => 'not available',
  );
  return Promise.race([verdict, late]).finally(() => clearTimeout(timer));
}
