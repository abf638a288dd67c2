import { childElements, type XmlElement } from './xml-tree.ts';

/** Level by level, since what is too deep for a bound is too deep to call oneself for. */
export function isDeeperThan(root: XmlElement, depthMax: number): boolean {
  let level = [root];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > depthMax) return true;
    level = level.flatMap((element) => childElements(element));
  }
  return false;
}
