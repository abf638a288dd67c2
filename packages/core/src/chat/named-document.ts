const the = String.raw`(?:(?:the|my|our|this|that|a) )?`;
const patterns = [
  String.raw`what(?: is|'?s| was| are) ${the}(.+?) (?:all )?about`,
  String.raw`(?:summari[sz]e|(?:give (?:me )?)?(?:an? |the )?(?:summary|overview) of) ${the}(.+)`,
].map((pattern) => new RegExp(`^(?:(?:please|can you|could you) )*(?:${pattern})$`));
/** What kind of thing it is says nothing of its name. */
const kinds = /^(?:document|file|text|page)s? (?:called |named |titled )?|[ ](?:document|file|text|page)s?$/g;
const nameCharactersMax = 80;

/**
 * What a question calls a document, where it asks for no more than what that is about ("What is the memo about?",
 * "Summarize my lease"); undefined for any other question. English questions only.
 */
export function namedDocument(question: string): string | undefined {
  const folded = question
    .toLowerCase()
    .replaceAll('’', "'")
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/["“”?.!]/g, '')
    .trim();
  const name = patterns.map((pattern) => pattern.exec(folded)?.[1]).find((found) => found !== undefined);
  return name === undefined || name.length > nameCharactersMax ? undefined : name.replaceAll(kinds, '');
}
