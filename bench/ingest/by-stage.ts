import type { TestDatabase } from '@twin/db/testing/create-test-database';
import { insertBare } from './bare-insert.ts';
import type { BenchDocument } from './mixed-documents.ts';
import { openPipeline, type StageTimes } from './pipeline.ts';

/** What was taken in, and how long it took. */
export interface Stretch {
  documents: number;
  bytes: number;
  chunks: number;
  stages: StageTimes;
  /** Processor time of this process, with an embedded database in it. */
  processorMs: number;
  /** Storing the same rows by a bare script. Milliseconds. */
  bareMs: number;
}

/** Takes the documents into one database, and the rows of each into the other by a bare script. One stretch for each. */
export async function measureStages(
  database: TestDatabase,
  bareDatabase: TestDatabase,
  documents: Iterable<BenchDocument>,
): Promise<Stretch[]> {
  const pipeline = openPipeline(database);
  const stretches: Stretch[] = [];
  for (const document of documents) {
    const { versionId, ...ingested } = await pipeline.ingest(document);
    // In turns with the product's own, so that whatever else the machine does falls on both alike.
    const bareMs = await insertBare(database, bareDatabase, versionId);
    stretches.push({ documents: 1, bytes: document.bytes.byteLength, ...ingested, bareMs });
  }
  return stretches;
}

export function addUp(stretches: readonly Stretch[]): Stretch {
  const sum = (numberOf: (stretch: Stretch) => number) =>
    stretches.reduce((total, stretch) => total + numberOf(stretch), 0);
  return {
    documents: sum(({ documents }) => documents),
    bytes: sum(({ bytes }) => bytes),
    chunks: sum(({ chunks }) => chunks),
    stages: {
      read: sum(({ stages }) => stages.read),
      chunk: sum(({ stages }) => stages.chunk),
      embed: sum(({ stages }) => stages.embed),
      words: sum(({ stages }) => stages.words),
      store: sum(({ stages }) => stages.store),
    },
    processorMs: sum(({ processorMs }) => processorMs),
    bareMs: sum(({ bareMs }) => bareMs),
  };
}

export function msOfAllStages({ stages }: Stretch): number {
  return Object.values(stages).reduce((sum, ms) => sum + ms, 0);
}
