import type { VectorIndexFacts } from '@twin/db/queries/vector-index';
import type { VectorRecall } from '@twin/db/queries/vector-recall';
import type { Finding } from './judge-database.ts';

/** From so many vectors on a search goes through the index (see `findNearestChunks`). */
const indexedRowsMin = 5_000;
/** Dead vectors stay in the graph and are walked through: beyond this share a build is quicker than mending it. */
const deadShareMax = 0.1;
const deadRowsMin = 1_000;
/** Rows a list was made for, and how many times as many make it too long. */
const rowsPerList = 1_000;
const listGrowthMax = 2;
const recallMin = 0.9;

const fix = 'Run: npm run cli -- index. It builds a new one beside the old one, which answers meanwhile.';

/** Judges the index that finds the nearest vectors, and says when to build it anew. */
export function judgeVectorIndex(
  home: 'embedded' | 'server',
  facts: VectorIndexFacts | undefined,
  { questions, recall }: VectorRecall,
): Finding {
  const check = 'vector index';
  if (facts === undefined) return { check, state: 'ok', found: 'there are no vectors yet', fix: null };
  const rows = vectors(facts.liveRows);
  if (home === 'embedded') {
    return {
      check,
      state: 'ok',
      found: `none: every search compares all, ${rows}, and misses nothing`,
      fix: null,
    };
  }
  const problem = findProblem(facts, recall);
  if (problem !== undefined) return { check, state: 'warning', found: problem, fix };
  const measured = questions === 0 ? '' : `, finds ${recall.toFixed(2)} of the nearest ten`;
  return { check, state: 'ok', found: `${facts.kind ?? 'none'} over ${rows}${measured}`, fix: null };
}

function vectors(count: number): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? 'vector' : 'vectors'}`;
}

function findProblem(
  { kind, wanted, lists, liveRows, deadRows }: VectorIndexFacts,
  recall: number,
): string | undefined {
  const [live, dead] = [liveRows, deadRows].map((rows) => rows.toLocaleString('en-US'));
  if (kind === null) return liveRows > indexedRowsMin ? `none over ${live} vectors: all are compared` : undefined;
  if (kind !== wanted) return `${kind}, and ${wanted} is wanted`;
  if (deadRows > deadRowsMin && deadRows > deadShareMax * liveRows) {
    return `${dead} deleted vectors beside ${live} live ones are still walked through`;
  }
  if (lists !== null && liveRows > listGrowthMax * rowsPerList * lists) {
    return `its ${lists} lists were made for fewer than the ${live} vectors there are`;
  }
  return recall < recallMin ? `finds only ${recall.toFixed(2)} of the nearest ten` : undefined;
}
