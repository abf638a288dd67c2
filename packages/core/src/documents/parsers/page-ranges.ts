/** `3–5, 8` for ascending page numbers. */
function pageRanges(pages: readonly number[]): string {
  const ranges: string[] = [];
  let start = pages[0] ?? 0;
  pages.forEach((page, index) => {
    const next = pages[index + 1];
    if (next === page + 1) return;
    ranges.push(start === page ? String(page) : `${start}–${page}`);
    start = next ?? start;
  });
  return ranges.join(', ');
}

/** `Page 3 was`, `Pages 3–5 were`. */
export function namedPages(pages: readonly number[]): string {
  return pages.length === 1 ? `Page ${pages[0]} was` : `Pages ${pageRanges(pages)} were`;
}
