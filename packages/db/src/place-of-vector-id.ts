/** The document and place that an id of the form `<document>-chunk-<n>` names; any other is the id of a document of its own. */
export function placeOfVectorId(id: string): { documentId: string; ordinal: number } | undefined {
  const [, documentId, ordinal] = /^(.+)-chunk-(\d{1,9})$/s.exec(id) ?? [];
  return documentId === undefined ? undefined : { documentId, ordinal: Number(ordinal) };
}
