export interface Case {
  name: string;
  /** The nth call of its kind, counted from 0; below it while warming up. */
  call: (n: number) => Promise<unknown>;
}

export interface Measured {
  name: string;
  /** Milliseconds, in the order they were measured. */
  latencies: number[];
  seconds: number;
}

export interface Turns {
  /** Calls of each case, rounded up to whole turns. */
  count: number;
  clients: number;
  /** Calls of a case before the next one has its turn. */
  turn: number;
  warmUp: number;
}

/** Measures cases by turns, so that whatever else the machine does falls on all of them alike. */
export async function takeTurns(cases: readonly Case[], { count, clients, turn, warmUp }: Turns): Promise<Measured[]> {
  const measured = cases.map(({ name }) => ({ name, latencies: new Array<number>(), seconds: 0 }));
  for (const { call } of cases) {
    for (let n = 1; n <= warmUp; n += 1) await call(-n);
  }
  for (let from = 0; from < count; from += turn) {
    for (const [index, { call }] of cases.entries()) {
      const of = measured[index];
      if (of !== undefined) of.seconds += await runTurn(call, { from, to: from + turn, clients }, of.latencies);
    }
  }
  return measured;
}

async function runTurn(
  call: Case['call'],
  { from, to, clients }: { from: number; to: number; clients: number },
  latencies: number[],
): Promise<number> {
  let next = from;
  const started = performance.now();
  const client = async () => {
    while (next < to) {
      const n = next++;
      const before = performance.now();
      await call(n);
      latencies.push(performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return (performance.now() - started) / 1000;
}

/** Percentiles and rates of each case, and its p50 as so many times the first one's. */
export function toRows(measured: readonly Measured[], first: string): Record<string, string | number>[] {
  const summaries = measured.map(({ name, latencies, seconds }) => {
    const sorted = latencies.toSorted((a, b) => a - b);
    const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
    return { name, p50: at(0.5), p95: at(0.95), p99: at(0.99), perSecond: latencies.length / seconds };
  });
  return summaries.map(({ name, p50, p95, p99, perSecond }) => ({
    name,
    'p50 ms': p50.toFixed(3),
    'p95 ms': p95.toFixed(3),
    'p99 ms': p99.toFixed(3),
    'calls/s': Math.round(perSecond),
    [`p50 × ${first}`]: (p50 / (summaries[0]?.p50 ?? Number.NaN)).toFixed(2),
  }));
}
