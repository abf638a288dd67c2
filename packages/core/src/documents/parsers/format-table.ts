/**
 * The lines of a Markdown table: the first row as its header, a rule, then one line a row. Empty rows and columns are left
 * out; short rows are padded. Empty when no cell holds text.
 */
export function tableLines(rows: readonly (readonly string[])[]): string[] {
  const cleaned = rows.map((row) => row.map(formatCell)).filter((row) => row.some((cell) => cell !== ''));
  const width = cleaned.reduce((widest, row) => Math.max(widest, row.length), 0);
  const columns = Array.from({ length: width }, (_, column) => column).filter((column) =>
    cleaned.some((row) => (row[column] ?? '') !== ''),
  );
  const lines = cleaned.map((row) => `| ${columns.map((column) => row[column] ?? '').join(' | ')} |`);
  const [header, ...body] = lines;
  if (header === undefined) return [];
  return [header, `| ${columns.map(() => '---').join(' | ')} |`, ...body];
}

function formatCell(text: string): string {
  return text.replace(/\s+/g, ' ').trim().replaceAll('|', '\\|');
}
