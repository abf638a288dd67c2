/** A [start, end) range of one document's canonical text, in UTF-16 code units. */
export interface TextSpan {
  documentId: string;
  start: number;
  end: number;
}

/** Whether `outer` holds `inner` from its first character to its last. */
export function holdsSpan(outer: TextSpan, inner: TextSpan): boolean {
  return outer.documentId === inner.documentId && outer.start <= inner.start && outer.end >= inner.end;
}

/** Share of the characters of `gold` that lie in any of `found`, 0 to 1; the spans of either may overlap. */
export function spanRecall(gold: readonly TextSpan[], found: readonly TextSpan[]): number | undefined {
  const wanted = mergeSpans(gold);
  const length = wanted.reduce((sum, { start, end }) => sum + end - start, 0);
  if (length === 0) return undefined;
  const covered = mergeSpans(found);
  let held = 0;
  for (const span of wanted) {
    for (const other of covered) {
      if (other.documentId !== span.documentId) continue;
      held += Math.max(0, Math.min(span.end, other.end) - Math.max(span.start, other.start));
    }
  }
  return held / length;
}

/** The same characters as spans that do not touch, in order within each document. */
function mergeSpans(spans: readonly TextSpan[]): TextSpan[] {
  const merged: TextSpan[] = [];
  const inOrder = spans.toSorted((a, b) => a.start - b.start);
  for (const documentId of new Set(spans.map((span) => span.documentId))) {
    let open: TextSpan | undefined;
    for (const span of inOrder) {
      if (span.documentId !== documentId || span.end <= span.start) continue;
      if (open !== undefined && span.start <= open.end) open.end = Math.max(open.end, span.end);
      else {
        open = { ...span };
        merged.push(open);
      }
    }
  }
  return merged;
}
