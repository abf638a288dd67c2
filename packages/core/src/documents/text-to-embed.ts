/** A passage with where it stands: its words alone often do not say what they are about. */
export function textToEmbed(title: string, chunk: { headingPath: readonly string[]; content: string }): string {
  return `${[title, ...chunk.headingPath].join(' > ')}\n${chunk.content}`;
}
