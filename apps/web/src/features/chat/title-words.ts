/** What a document was called: of one that was deleted for good, an answer keeps no name where it does not cite it. */
export function titleWords(title: string): string {
  return title === '' ? 'Deleted document' : title;
}
