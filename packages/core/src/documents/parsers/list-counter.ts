import type { ListDefinitions, ParagraphNumbering } from './docx-numbering.ts';
import { formatNumber } from './number-formats.ts';

/** Word has no deeper ones. */
const LEVEL_MAX = 8;

/** Counts numbered paragraphs in their order, as Word does: the answer is what stands before each, empty for a bullet. */
export function createListCounter(lists: ListDefinitions): (numbering: ParagraphNumbering) => string {
  /** By family of lists: the count of each level that has begun. */
  const counts = new Map<string, (number | undefined)[]>();
  const begun = new Set<string>();

  return ({ listId, level }) => {
    const family = lists.familyOf(listId);
    const definition = level > LEVEL_MAX ? undefined : lists.levelOf(listId, level);
    if (family === undefined || definition === undefined) return '';
    const count = counts.get(family) ?? [];
    counts.set(family, count);
    const key = `${listId}/${level}`;
    const restart = begun.has(key) ? undefined : lists.restartOf(listId, level);
    begun.add(key);
    const before = count[level];
    count[level] = restart ?? (before === undefined ? definition.start : before + 1);
    for (let above = 0; above < level; above += 1) count[above] ??= lists.levelOf(listId, above)?.start ?? 1;
    for (let below = level + 1; below < count.length; below += 1) {
      const restartsAfter = lists.levelOf(listId, below)?.restartsAfter ?? below;
      if (level < restartsAfter) count[below] = undefined;
    }
    return definition.format === 'bullet' ? '' : spell(lists, listId, count, definition);
  };
}

function spell(
  lists: ListDefinitions,
  listId: string,
  count: readonly (number | undefined)[],
  { pattern, isInDigits, format }: { pattern: string; isInDigits: boolean; format: string },
): string {
  return pattern
    .replace(/%([1-9])/g, (_, place: string) => {
      const level = Number(place) - 1;
      const levelFormat = lists.levelOf(listId, level)?.format ?? format;
      if (levelFormat === 'none' || levelFormat === 'bullet') return '';
      return formatNumber(count[level] ?? 1, isInDigits ? 'decimal' : levelFormat);
    })
    .trim();
}
