import { limits } from '../../limits.ts';
import { cleanPath } from '../file-name.ts';

/** What Notion puts behind the name of each page and table. */
const notionId = / [0-9a-f]{32}(?:(?:_all)?(?=\.\w{1,8}$)|(?=\/))/g;

/** Each path by a name that no other one has. Two pages of Notion with one name keep the numbers by which they are found in the archive. */
export function shownPaths(paths: readonly string[]): string[] {
  const short = paths.map((path) => shownPath(path.replaceAll(notionId, '')));
  const times = new Map<string, number>();
  for (const name of short) times.set(name, (times.get(name) ?? 0) + 1);
  const taken = new Set<string>();
  /** By name, the next number to try: those before it are taken for good. */
  const numbers = new Map<string, number>();
  return paths.map((path, index) => {
    const name = times.get(short[index] ?? '') === 1 ? (short[index] ?? '') : shownPath(path);
    const isTaken = (candidate: string) => taken.has(candidate) || (candidate !== name && times.has(candidate));
    let shown = name;
    // Where only what is left out of paths told them apart.
    let number = numbers.get(name) ?? 2;
    for (; isTaken(shown); number += 1) shown = name.replace(/(?=(?:\.[^./]*)?$)/, ` (${number})`);
    numbers.set(name, number);
    taken.add(shown);
    return shown;
  });
}

function shownPath(path: string): string {
  return cleanPath(path, limits.fileNameCharactersMax) ?? 'unnamed';
}
