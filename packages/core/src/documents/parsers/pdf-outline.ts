import type { PdfDocument } from './open-pdf.ts';

interface OutlineNode {
  title: string;
  items: OutlineNode[];
}

/** Titles of the file's bookmarks, as `outlineKey` spells them, with their level. */
export async function readPdfOutline(pdf: PdfDocument): Promise<Map<string, number>> {
  const levels = new Map<string, number>();
  const visit = (nodes: readonly OutlineNode[], level: number): void => {
    for (const node of nodes) {
      const key = outlineKey(node.title);
      if (key.length > 2 && !levels.has(key)) levels.set(key, Math.min(6, level));
      if (level < 6) visit(node.items, level + 1);
    }
  };
  const outline: OutlineNode[] | null = await pdf.getOutline().catch(() => null);
  visit(outline ?? [], 1);
  return levels;
}

/** Bookmark titles and heading lines are compared without their numbering. */
export function outlineKey(title: string): string {
  return title
    .replace(/^[\dIVXivx]+(?:\.\d+)*\.?\s+/, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}
