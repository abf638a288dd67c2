/** The cells of a table as they are shown: empty rows and columns are left out, short rows are padded. */
export function cleanCells(rows: readonly (readonly string[])[]): string[][] {
  const cleaned = rows.map((row) => row.map(cleanCell)).filter((row) => row.some((cell) => cell !== ''));
  const width = cleaned.reduce((widest, row) => Math.max(widest, row.length), 0);
  const columns = Array.from({ length: width }, (_, column) => column).filter((column) =>
    cleaned.some((row) => (row[column] ?? '') !== ''),
  );
  return cleaned.map((row) => columns.map((column) => row[column] ?? ''));
}

/** As it will stand in the text, where it may take more room than in the file: on one line, without white space around it. */
export function cleanCell(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\s\u0085]+/g, ' ')
    .trim();
}

/** One line of a Markdown table. */
export function formatRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** The line below its header. */
export function formatRule(cells: readonly string[]): string {
  return `| ${cells.map(() => '---').join(' | ')} |`;
}

/** A row by itself, a line for each cell that holds something: `column: value`. */
export function formatRecord(header: readonly string[], cells: readonly string[]): string {
  return cells
    .flatMap((cell, column) => {
      const name = header[column] ?? '';
      if (cell === '') return [];
      return name === '' ? cell : `${name}: ${cell}`;
    })
    .join('\n');
}
