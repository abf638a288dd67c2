const asksWhat =
  /^(?:and |so |but )?(?:what|who) (?:is|are|was|were|does) (?:(?:a|an|the) )?(.+?)(?: mean| stand for)?[ ?.!]*$/iu;
/** A longer one asks for something of a thing ("What is the price of the tube?"). */
const namedWordsMax = 3;
const attribute =
  /(?<![\p{L}\p{N}])(?:of|in|for|on|at|to|by|with|from|about|like|called|made|used|and|or|than)(?![\p{L}\p{N}])/iu;
const characters = /[.*+?^${}()|[\]\\]/g;

/** What a question asks to be defined ("What is AutoGen?", "Who was Ada Quill?"); undefined for any other. English questions only. */
export function askedToDefine(question: string): string | undefined {
  const [, name] = asksWhat.exec(question.trim()) ?? [];
  if (name === undefined || attribute.test(name)) return undefined;
  return name.split(/\s+/).length <= namedWordsMax ? name : undefined;
}

/** Whether a sentence opens by saying what a thing is: "AutoGen is an open-source framework", "Ada Quill (1931–2009) was a clockmaker". */
export function defines(name: string, sentence: string): boolean {
  const named = name.replaceAll(characters, String.raw`\$&`).replaceAll(/\s+/g, String.raw`\s+`);
  const aside = String.raw`(?:\s*\([^)]{0,80}\)|,[^,.]{0,80},)?`;
  const says = String.raw`(?:is|are|was|were)\s+(?:a|an|the|one|any)|means|refers\s+to|stands\s+for`;
  return new RegExp(
    String.raw`^(?:[^.,]{0,24}\s)?["“*_]*${named}s?["”*_]*${aside}\s+(?:${says})(?![\p{L}])`,
    'iu',
  ).test(sentence);
}
