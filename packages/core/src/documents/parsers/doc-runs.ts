import type { DocFile } from './doc-file.ts';
import type { DocLayout } from './doc-layouts.ts';

const PAGE_BYTES = 512;

/** A stretch of the main stream, in bytes, and the properties that are set for it. */
export interface DocRun {
  start: number;
  end: number;
  /** Of paragraphs: their style. */
  style: number;
  sprms: Buffer;
}

type RunKind = 'paragraphs' | 'characters';

export type RunFinder = (offset: number) => DocRun | undefined;

/** Finds the stretch that an offset is in. Stretches stand in pages of 512 bytes ([MS-DOC] 2.9.33 and 2.9.175). */
export function findRuns(
  { main, layout }: Pick<DocFile, 'main' | 'layout'>,
  pages: readonly number[],
  kind: RunKind,
): RunFinder {
  const runs: DocRun[] = [];
  for (const number of pages) {
    const start = number * PAGE_BYTES;
    const page = main.subarray(start, start + PAGE_BYTES);
    if (page.byteLength === PAGE_BYTES) runs.push(...runsIn(page, kind, layout));
  }
  runs.sort((one, other) => one.start - other.start);
  return (offset) => {
    let [low, high] = [0, runs.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((runs[middle]?.start ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    const found = runs[low - 1];
    return found !== undefined && offset < found.end ? found : undefined;
  };
}

function runsIn(page: Buffer, kind: RunKind, { isOld, paragraphBytes, sprmsOf }: DocLayout): DocRun[] {
  const entryBytes = kind === 'paragraphs' ? paragraphBytes : 1;
  const count = Math.min(page.readUInt8(PAGE_BYTES - 1), Math.floor((PAGE_BYTES - 5) / (4 + entryBytes)));
  return Array.from({ length: count }, (_, index) => {
    const at = 2 * page.readUInt8((count + 1) * 4 + index * entryBytes);
    const bounds = { start: page.readUInt32LE(index * 4), end: page.readUInt32LE(index * 4 + 4) };
    if (at === 0) return { ...bounds, style: 0, sprms: Buffer.alloc(0) };
    const first = page.readUInt8(at);
    if (kind === 'characters') return { ...bounds, style: 0, sprms: sprmsOf(page.subarray(at + 1, at + 1 + first)) };
    const isFar = first === 0 && !isOld;
    const start = isFar ? at + 2 : at + 1;
    const length = isFar ? 2 * page.readUInt8(at + 1) : 2 * first - (isOld ? 0 : 1);
    const style = start + 2 > PAGE_BYTES ? 0 : page.readUInt16LE(start);
    return { ...bounds, style, sprms: sprmsOf(page.subarray(start + 2, start + Math.max(2, length))) };
  });
}
