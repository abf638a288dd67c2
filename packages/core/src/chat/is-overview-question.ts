const library = String.raw`(?:documents?|docs?|files?|librar(?:y|ies)|uploads?|collection|texts?|papers?|knowledge(?: base)?|data)`;
const owner = String.raw`(?:my|the|these|your|our|all(?: (?:of )?(?:my|the|these|your))?|this)`;

const patterns = [
  String.raw`what(?:'?s| is| are| do (?:you|i|we) have)? (?:there )?(?:in|inside|within) ${owner} ${library}`,
  String.raw`what (?:are|is|do) ${owner} (?:uploaded )?${library} (?:about|contain|cover|say|include|hold)`,
  String.raw`what (?:do|does|can) ${owner} ${library} (?:contain|cover|say|tell|include|hold)`,
  String.raw`(?:what|which) ${library} (?:do (?:you|i|we) have|are (?:there|available|uploaded|loaded)|have i (?:uploaded|added)|did i (?:upload|add))`,
  String.raw`(?:list|show|name)(?: me)?(?: all)?(?: of)? ${owner} ${library}`,
  String.raw`(?:summari[sz]e|describe|give (?:me )?(?:an? )?(?:overview|summary) of|tell me about|overview of|summary of) ${owner} ${library}`,
  String.raw`what (?:do|can) you (?:know|tell me)(?: about)?`,
  String.raw`what can i ask(?: you)?(?: about)?`,
].map((pattern) => new RegExp(`^(?:(?:hi|hello|hey|please|so|ok|can you|could you)[, ]+)*${pattern}[ ?.!]*$`));

/**
 * Whether a question asks about the library as a whole ("What is in my documents?"). No passage answers that, so it is
 * answered from the openings of the documents instead. English only: other languages go through the search.
 */
export function isOverviewQuestion(question: string): boolean {
  const folded = question.toLowerCase().replaceAll('’', "'").replaceAll(/\s+/g, ' ').trim();
  return folded.length <= 120 && patterns.some((pattern) => pattern.test(folded));
}
