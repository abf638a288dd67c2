import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What a scrape reads from elsewhere, at the moment it happens. Each name and label value is from a closed set. */
export interface MeasuredState {
  ingestionsByStage(): Promise<{ stage: string; count: number }[]>;
  answersByState(): Promise<{ state: string; count: number }[]>;
  cacheLookups(): { hits: number; misses: number };
  /** Searches for the nearest vectors. */
  vectorSearches(): { running: number; waiting: number };
  /** Undefined when there is no pool. */
  databasePool(): { open: number; idle: number; waiting: number; max: number } | undefined;
}

export interface Metrics {
  observeRequest(request: { method: string; route: string; status: number; durationMs: number }): void;
  /** Adds what a sweep of expired rows deleted, by task. */
  observeSweep(deleted: Record<string, number>): void;
  /** The Prometheus text exposition of everything. */
  render(): Promise<{ contentType: string; body: string }>;
}

/** Measurements of this process (memory, CPU, event-loop lag), its requests and the work in its database. */
export function createMetrics(state: MeasuredState): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });

  const requests = new Histogram({
    name: 'twin_http_request_duration_seconds',
    help: 'Time from the first byte of a request to the last byte of its answer. Streams last as long as they are open.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60],
    registers: [registry],
  });
  const swept = new Counter({
    name: 'twin_expired_rows_deleted_total',
    help: 'Expired rows that this process has deleted.',
    labelNames: ['task'],
    registers: [registry],
  });
  const sweptAt = new Gauge({
    name: 'twin_expired_rows_swept_timestamp_seconds',
    help: 'When this process last finished deleting expired rows; 0 before that.',
    registers: [registry],
  });
  addStateGauges(registry, state);

  return {
    observeRequest({ method, route, status, durationMs }) {
      requests.observe({ method, route, status: String(status) }, durationMs / 1000);
    },
    observeSweep(deleted) {
      for (const [task, count] of Object.entries(deleted)) swept.inc({ task }, count);
      sweptAt.setToCurrentTime();
    },
    async render() {
      return { contentType: registry.contentType, body: await registry.metrics() };
    },
  };
}

function addStateGauges(registry: Registry, state: MeasuredState): void {
  addGauge(
    registry,
    { name: 'twin_ingestions', help: 'Document versions by ingestion stage.', label: 'stage' },
    async () => (await state.ingestionsByStage()).map(({ stage, count }) => [stage, count]),
  );
  addGauge(
    registry,
    { name: 'twin_answers', help: 'Stored answers by state; running ones are being written now.', label: 'state' },
    async () => (await state.answersByState()).map(({ state: name, count }) => [name, count]),
  );
  addGauge(
    registry,
    { name: 'twin_cache_lookups', help: 'Cache lookups of this process since it started.', label: 'result' },
    async () => Object.entries(state.cacheLookups()),
  );
  addGauge(
    registry,
    { name: 'twin_vector_searches', help: 'Searches for the nearest vectors of this process.', label: 'state' },
    async () => Object.entries(state.vectorSearches()),
  );
  addGauge(
    registry,
    { name: 'twin_database_connections', help: 'Connections of the database pool.', label: 'state' },
    async () => Object.entries(state.databasePool() ?? {}),
  );
}

/** A gauge that is read anew with each scrape, one number for each value of its label. */
function addGauge(
  registry: Registry,
  { name, help, label }: { name: string; help: string; label: string },
  read: () => Promise<(readonly [string, number])[]>,
): void {
  const measured = new Gauge({
    name,
    help,
    labelNames: [label],
    registers: [],
    async collect() {
      this.reset();
      // A database that is down must not hide the process's own measurements.
      for (const [value, count] of await read().catch(() => [])) {
        this.set({ [label]: value }, count);
      }
    },
  });
  registry.registerMetric(measured);
}
