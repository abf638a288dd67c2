/**
 * Keeps one long document from filling every place: beyond `perDocumentMax` passages, its further ones move behind the
 * best of the other documents. Nothing is dropped, so a document that is alone still fills all places.
 */
export function spreadDocuments<P extends { documentId: string }>(passages: readonly P[], perDocumentMax: number): P[] {
  const taken = new Map<string, number>();
  const first: P[] = [];
  const deferred: P[] = [];
  for (const passage of passages) {
    const count = taken.get(passage.documentId) ?? 0;
    taken.set(passage.documentId, count + 1);
    (count < perDocumentMax ? first : deferred).push(passage);
  }
  return [...first, ...deferred];
}
