/** Whether a text holds the wanted words, case, white space and Markdown's escapes aside. */
export function holdsWords(text: string, wanted: string): boolean {
  return folded(text).includes(folded(wanted));
}

function folded(text: string): string {
  return text
    .replaceAll(/\\(?=[^\w\s])/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}
