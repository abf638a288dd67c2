/** What a passage says after its heading, which is named beside it. */
export function withoutHeading(excerpt: string, headingPath: readonly string[]): string {
  const heading = headingPath.at(-1);
  const rest = heading !== undefined && excerpt.startsWith(`${heading}\n`) ? excerpt.slice(heading.length).trim() : '';
  return rest === '' ? excerpt : rest;
}
