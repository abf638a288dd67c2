const titleCharactersMax = 60;

/** A conversation's first title: its first question, on one line, cut between words. */
export function conversationTitle(question: string): string {
  const line = question.replaceAll(/\s+/g, ' ').trim();
  if (line.length <= titleCharactersMax) return line;
  const cut = line.slice(0, titleCharactersMax);
  const lastSpace = cut.lastIndexOf(' ');
  return `${(lastSpace > titleCharactersMax / 2 ? cut.slice(0, lastSpace) : cut).toWellFormed().replace(/\uFFFD$/, '')}…`;
}
