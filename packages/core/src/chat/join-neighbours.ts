import { findTextBetween } from '@twin/db/queries/document-texts';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import type { Passage } from '../retrieval/passage.ts';

/**
 * Passages of one section that follow each other become one, in the place of the best of them, so that it reads on where a
 * chunk was cut. Each is still exactly its document's text at its offsets; its chunk is the best one's.
 */
export async function joinNeighbours(
  { db }: Pick<Deps, 'db'>,
  scope: TwinScope,
  passages: readonly Passage[],
): Promise<Passage[]> {
  const joined: Passage[] = [];
  for (const run of listRuns(passages)) {
    const [first] = run;
    const last = run.at(-1);
    if (first === undefined || last === undefined || first === last) joined.push(...run);
    else {
      const place = { startOffset: first.startOffset, endOffset: last.endOffset };
      const text = await findTextBetween(db, scope, first.versionId, place);
      joined.push(...(text !== undefined && isUnbroken(run, text) ? [joinRun(run, first, last, text)] : run));
    }
  }
  return joined;
}

/** Passages as they were given, each in reading order with those that go on before and after it, where the first of them was. */
function listRuns(passages: readonly Passage[]): Passage[][] {
  let runs: Passage[][] = [];
  for (const passage of passages) {
    const before = runs.find((run) => run.some((other) => goesOn(other, passage)));
    const after = runs.find((run) => run.some((other) => goesOn(passage, other)));
    const place = runs.findIndex((run) => run === before || run === after);
    const run = [...(before ?? []), passage, ...(after ?? [])];
    runs = runs.toSpliced(place < 0 ? runs.length : place, place < 0 ? 0 : 1, run);
    runs = runs.filter((other) => other === run || (other !== before && other !== after));
  }
  return runs;
}

function goesOn(passage: Passage, next: Passage): boolean {
  return (
    passage.versionId === next.versionId &&
    passage.ordinal + 1 === next.ordinal &&
    passage.headingPath.join('\n') === next.headingPath.join('\n')
  );
}

/**
 * A passage that was shortened has words between its end and the next one.
 * @param text from the beginning of the run to its end.
 */
function isUnbroken(run: readonly Passage[], text: string): boolean {
  const from = run[0]?.startOffset ?? 0;
  return run.every(({ endOffset }, index) => {
    const next = run[index + 1];
    return next === undefined || text.slice(endOffset - from, next.startOffset - from).trim() === '';
  });
}

function joinRun(run: readonly Passage[], first: Passage, last: Passage, text: string): Passage {
  const [best = first] = run.toSorted((a, b) => b.score - a.score);
  return {
    ...best,
    ordinal: first.ordinal,
    startOffset: first.startOffset,
    endOffset: last.endOffset,
    pageFrom: first.pageFrom,
    pageTo: last.pageTo,
    content: text,
  };
}
