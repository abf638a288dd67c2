/**
 * Rows as a Markdown table, the first row as its header. Empty rows and columns are left out; short rows are padded.
 * Returns an empty string when no cell holds text.
 */
export function formatTable(rows: readonly (readonly string[])[]): string {
  const cleaned = rows.map((row) => row.map(formatCell)).filter((row) => row.some((cell) => cell !== ''));
  const width = Math.max(0, ...cleaned.map((row) => row.length));
  const columns = Array.from({ length: width }, (_, column) => column).filter((column) =>
    cleaned.some((row) => (row[column] ?? '') !== ''),
  );
  const lines = cleaned.map((row) => `| ${columns.map((column) => row[column] ?? '').join(' | ')} |`);
  const [header, ...body] = lines;
  if (header === undefined) return '';
  return [header, `| ${columns.map(() => '---').join(' | ')} |`, ...body].join('\n');
}

function formatCell(text: string): string {
  return text.replace(/\s+/g, ' ').trim().replaceAll('|', '\\|');
}
