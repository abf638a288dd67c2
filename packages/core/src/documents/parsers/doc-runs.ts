import { readPositions } from './doc-file.ts';

const PAGE_BYTES = 512;
const PAGE_MASK = 0x3fffff;

/** A stretch of the main stream, in bytes, and the properties that are set for it. */
export interface DocRun {
  start: number;
  end: number;
  /** Of paragraphs: their style. */
  style: number;
  sprms: Buffer;
}

export type RunFinder = (offset: number) => DocRun | undefined;

/** Finds the stretch that an offset is in. Stretches stand in pages of 512 bytes ([MS-DOC] 2.9.33 and 2.9.175), which the list names. */
export function findRuns(main: Buffer, list: Buffer, kind: 'paragraphs' | 'characters'): RunFinder {
  const runs: DocRun[] = [];
  const named = readPositions(list, 4).slice(0, -1);
  // A page that is named again would let a small file ask for any amount of memory.
  for (const number of new Set(named.map(({ data }) => data.readUInt32LE(0) & PAGE_MASK))) {
    const start = number * PAGE_BYTES;
    const page = main.subarray(start, start + PAGE_BYTES);
    if (page.byteLength === PAGE_BYTES) runs.push(...runsIn(page, kind));
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

function runsIn(page: Buffer, kind: 'paragraphs' | 'characters'): DocRun[] {
  const entryBytes = kind === 'paragraphs' ? 13 : 1;
  const count = Math.min(page.readUInt8(PAGE_BYTES - 1), Math.floor((PAGE_BYTES - 5) / (4 + entryBytes)));
  return Array.from({ length: count }, (_, index) => {
    const at = 2 * page.readUInt8((count + 1) * 4 + index * entryBytes);
    const bounds = { start: page.readUInt32LE(index * 4), end: page.readUInt32LE(index * 4 + 4) };
    if (at === 0) return { ...bounds, style: 0, sprms: Buffer.alloc(0) };
    const first = page.readUInt8(at);
    if (kind === 'characters') return { ...bounds, style: 0, sprms: page.subarray(at + 1, at + 1 + first) };
    const start = first === 0 ? at + 2 : at + 1;
    const length = first === 0 ? 2 * page.readUInt8(at + 1) : 2 * first - 1;
    const style = start + 2 > PAGE_BYTES ? 0 : page.readUInt16LE(start);
    return { ...bounds, style, sprms: page.subarray(start + 2, start + Math.max(2, length)) };
  });
}
