const library = String.raw`(?:documents?|docs?|files?|librar(?:y|ies)|uploads?|collection|texts?|papers?|knowledge(?: base)?|data)`;
const owner = String.raw`(?:my|the|these|your|our|all(?: (?:of )?(?:my|the|these|your))?|this)`;

const patterns = [
  String.raw`what(?:'?s| is| are| do (?:you|i|we) have)? (?:there )?(?:in|inside|within) ${owner} ${library}`,
  String.raw`what (?:are|is|do) ${owner} (?:uploaded )?${library} (?:about|contain|cover|say|include|hold)`,
  String.raw`what (?:do|does|can) ${owner} ${library} (?:contain|cover|say|tell|include|hold)`,
  String.raw`(?:what|which) ${library} (?:do (?:you|i|we) have|are (?:there|available|uploaded|loaded)|have i (?:uploaded|added)|did i (?:upload|add))`,
  String.raw`(?:list|show|name)(?: me)?(?: all)?(?: of)? ${owner} ${library}`,
  String.raw`(?:summari[sz]e|describe|give (?:me )?(?:an? )?(?:overview|summary) of|tell me about|overview of|summary of) ${owner} ${library}`,
  String.raw`what (?:do|can) you (?:know|tell me)(?: about(?: ${owner} ${library})?)?`,
  String.raw`what can i ask(?: you)?(?: about)?`,
].map(asWhole);

/** What names nothing: within a conversation it is about what was said before. */
const openings = [
  String.raw`what (?:is|are|'?s) (?:this|these|it|all this|all)(?: all)?(?: about)?`,
  String.raw`(?:summari[sz]e|overview|summary)(?: (?:this|it|everything|all))?`,
  'help|(?:hi|hello|hey|good (?:morning|afternoon|evening))(?: there)?',
].map(asWhole);

function asWhole(pattern: string): RegExp {
  return new RegExp(`^(?:(?:hi|hello|hey|please|so|ok|can you|could you)[, ]+)*(?:${pattern})[ ?.!]*$`);
}

/** In the other languages with fixed sentences: greetings, "what is this about?", "summarize", "what is in my documents?". */
const otherLanguages = new RegExp(
  `^[¿¡]?(?:${[
    'hallo|guten (?:tag|morgen|abend)|worum geht es(?: hier)?|fass(?:e)?(?: alles| das| die dokumente| meine dokumente)? zusammen|was steht in (?:meinen|den|ihren) dokumenten',
    'bonjour|salut|bonsoir|de quoi (?:s.agit-il|parlent (?:mes|les|vos) documents)|résume[zr]?(?: tout)?|que contiennent (?:mes|les|vos) documents',
    'hola|buenos días|buenas (?:tardes|noches)|de qué (?:se trata|va esto|tratan (?:mis|los|sus) documentos)|resum[ea](?: todo)?|qué hay en (?:mis|los|sus) documentos',
    'ciao|buongiorno|buonasera|di cosa (?:si tratta|parlano i (?:miei|suoi) documenti)|riassumi(?: tutto)?|cosa c.è nei (?:miei|suoi) documenti',
    'olá|bom dia|boa (?:tarde|noite)|do que se trata|resum[ae](?: tudo)?|o que há nos meus documentos',
    'goede(?:morgen|middag|navond)|waar gaat (?:dit|het) over|vat (?:alles|dit) samen|wat staat er in mijn documenten',
    'hej|god (?:dag|morgon|morgen|kväll)|vad handlar (?:det|detta) om|sammanfatta(?: allt)?|hvad handler (?:det|dette) om|hei|hva handler (?:det|dette) om|oppsummer(?: alt)?',
    'moi|hyvää päivää|mistä tässä on kyse|tiivistä(?: kaikki)?|szia|jó napot|miről szól ez|foglald össze',
    'bună(?: ziua)?|despre ce este vorba|rezumă(?: tot)?|merhaba|bu ne hakkında|özetle|привет|здравствуйте|о чём (?:это|мои документы)|подведи итог',
  ].join('|')})[ ?.!]*$`,
);

/**
 * Whether a question asks about the library as a whole ("What is in my documents?"). No passage answers that, so it is
 * answered from the openings of the documents instead. What opens a conversation with a greeting, or a bare "summarize", asks
 * for nothing narrower and is answered so too. In languages other than English it knows the plainest openings; the rest goes
 * through the search.
 */
export function isOverviewQuestion(question: string, { isOpening }: { isOpening: boolean }): boolean {
  const folded = question.toLowerCase().replaceAll('’', "'").replaceAll(/\s+/g, ' ').trim();
  const known = isOpening ? [...patterns, ...openings, otherLanguages] : patterns;
  return folded.length <= 120 && known.some((pattern) => pattern.test(folded));
}
