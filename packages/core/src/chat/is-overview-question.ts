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
  'help',
].map(asWhole);

/** In all languages with fixed sentences. Alone, they mean nothing else, wherever they are said. */
const greetings = new RegExp(
  `^[¿¡]?(?:${[
    '(?:hi|hello|hey|good (?:morning|afternoon|evening))(?: (?:there|again))?|hallo|guten (?:tag|morgen|abend)',
    'bonjour|salut|bonsoir|hola|buenos días|buenas (?:tardes|noches)|ciao|buongiorno|buonasera|olá|bom dia|boa (?:tarde|noite)',
    'goede(?:morgen|middag|navond)|hej|god (?:dag|morgon|morgen|kväll)|hei|moi|hyvää päivää|szia|jó napot|bună(?: ziua)?|merhaba',
    'привет|здравствуйте',
  ].join('|')})[ ?.!]*$`,
);

function asWhole(pattern: string): RegExp {
  return new RegExp(`^(?:(?:hi|hello|hey|please|so|ok|can you|could you)[, ]+)*(?:${pattern})[ ?.!]*$`);
}

/** In the other languages with fixed sentences: "what is this about?", "summarize", "what is in my documents?". */
const otherLanguages = new RegExp(
  `^[¿¡]?(?:${[
    'worum geht es(?: hier)?|fass(?:e)?(?: alles| das| die dokumente| meine dokumente)? zusammen|was steht in (?:meinen|den|ihren) dokumenten',
    'de quoi (?:s.agit-il|parlent (?:mes|les|vos) documents)|résume[zr]?(?: tout)?|que contiennent (?:mes|les|vos) documents',
    'de qué (?:se trata|va esto|tratan (?:mis|los|sus) documentos)|resum[ea](?: todo)?|qué hay en (?:mis|los|sus) documentos',
    'di cosa (?:si tratta|parlano i (?:miei|suoi) documenti)|riassumi(?: tutto)?|cosa c.è nei (?:miei|suoi) documenti',
    'do que se trata|resum[ae](?: tudo)?|o que há nos meus documentos',
    'waar gaat (?:dit|het) over|vat (?:alles|dit) samen|wat staat er in mijn documenten',
    'vad handlar (?:det|detta) om|sammanfatta(?: allt)?|hvad handler (?:det|dette) om|hva handler (?:det|dette) om|oppsummer(?: alt)?',
    'mistä tässä on kyse|tiivistä(?: kaikki)?|miről szól ez|foglald össze',
    'despre ce este vorba|rezumă(?: tot)?|bu ne hakkında|özetle|о чём (?:это|мои документы)|подведи итог',
  ].join('|')})[ ?.!]*$`,
);

/**
 * Whether a question asks about the library as a whole ("What is in my documents?"). No passage answers that, so it is
 * answered from the openings of the documents instead. A greeting, and what opens a conversation with a bare "summarize", asks
 * for nothing narrower and is answered so too. In languages other than English it knows the plainest openings; the rest goes
 * through the search.
 */
export function isOverviewQuestion(question: string, { isOpening }: { isOpening: boolean }): boolean {
  const folded = question.toLowerCase().replaceAll('’', "'").replaceAll(/\s+/g, ' ').trim();
  const known = isOpening ? [...patterns, greetings, ...openings, otherLanguages] : [...patterns, greetings];
  return folded.length <= 120 && known.some((pattern) => pattern.test(folded));
}
