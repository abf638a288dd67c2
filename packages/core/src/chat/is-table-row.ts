/** Whether a stretch of text is a row of a table, or several, as documents are read: cells between upright lines. */
export function isTableRow(text: string): boolean {
  return /^\|.*\|$/s.test(text);
}
