import { DEPTH_MAX, DEPTHS_MAX } from './parse-shallow.ts';

/** Every one of these may begin a node, and half a million nodes take seconds. */
const TAGS_MAX = 500_000;

/** Whether markup may hold more nodes than its main part can be looked for among. */
export function hasTooManyTags(html: string): boolean {
  let count = 0;
  for (let at = html.indexOf('<'); at >= 0 && count <= TAGS_MAX; at = html.indexOf('<', at + 1)) count += 1;
  return count > TAGS_MAX;
}

/**
 * Whether a tree is deeper than browsers build it, or has so many deep elements that looking for its main part would take
 * minutes. Parsers do not agree on which open tags end others, so that each tree is looked at itself.
 */
export function isDeepTree(root: TreeNode): boolean {
  let depths = 0;
  let level: TreeNode[] = [root];
  for (let depth = 0; level.length > 0; depth += 1) {
    depths += depth * level.length;
    if (depth > DEPTH_MAX || depths > DEPTHS_MAX) return true;
    level = level.flatMap(({ children }) => [...children]);
  }
  return false;
}

interface TreeNode {
  children: Iterable<TreeNode>;
}
