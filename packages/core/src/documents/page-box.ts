import type { PageBox } from './parsed-document.ts';

/** The smallest box around two. */
export function joinBoxes(one: PageBox, other: PageBox): PageBox {
  const x = Math.min(one.x, other.x);
  const y = Math.min(one.y, other.y);
  const right = Math.max(one.x + one.width, other.x + other.width);
  const bottom = Math.max(one.y + one.height, other.y + other.height);
  return { x, y, width: right - x, height: bottom - y };
}
