const START = '<w:ruby>';
const END = '</w:ruby>';

/** Leaves of characters with their reading above (furigana) the characters: Mammoth leaves out both. */
export function withoutReadings(documentXml: string): string {
  const pieces: string[] = [];
  let from = 0;
  for (;;) {
    const start = documentXml.indexOf(START, from);
    const end = start < 0 ? -1 : documentXml.indexOf(END, start);
    if (end < 0) break;
    const base = documentXml.slice(start, end).split('<w:rubyBase>', 2)[1] ?? '';
    const texts = base.match(/<w:t(?:\s[^<>]*)?>[^<]*<\/w:t>/g) ?? [];
    pieces.push(documentXml.slice(from, start), ...texts);
    from = end + END.length;
  }
  return [...pieces, documentXml.slice(from)].join('');
}
