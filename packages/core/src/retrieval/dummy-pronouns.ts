const en = () => {
  const endOfClause =
    'in|on|at|for|with|without|from|by|within|during|after|before|as|than|when|while|if|every|alone|again|now|today|and|or|instead|' +
    'indoors|outdoors|inside|outside|online|abroad|often|later|sooner|early|daily|weekly|monthly|yearly|overnight|afterwards|' +
    'directly|properly|safely|regularly|manually|separately|myself|yourself|himself|herself|themselves|too|very|once|twice';
  const particle = 'up|out|off|down|back|away|over';
  /** Names something: "to plant tulips", "that cats purr", not "to eat?", "to wait here" or "to clean up afterwards?". */
  const clause = String.raw`(?:that \p{L}+ \p{L}|to (?!be(?!\p{L}))\p{L}+ (?!(?:(?:${particle}) )?(?:${endOfClause}|it)(?!\p{L})|(?:${particle}|raw|cooked)[ ?.!]*$)\p{L})`;
  const time =
    '(?:the )?(?:summer|winter|spring|autumn|fall|night|day|daytime|morning|evening|afternoon|noon|january|february|march|april|may|june|july|august|september|october|november|december)';
  const place = String.raw`(?:in|on|at|near|around|inside|outside|above|below|under|between) (?!(?:${time}|it|this|that|these|those)(?!\p{L}))\p{L}`;
  const weather = 'hot|cold|warm|cool|humid|windy|dark|sunny|cloudy|rainy|snowy|foggy';
  const falling = '(?:rain|snow|hail|drizzle|thunder)(?:s|ing|ed)?';
  const judged = String.raw`true|false|known|said|believed|thought|clear|certain|likely|possible|impossible|feasible|necessary|required|important|useful|legal|illegal|allowed|forbidden|permitted|safe|unsafe|dangerous|harmful|healthy|unhealthy|easy|easier|hard|difficult|good|bad|better|best|wise|sensible|advisable|worthwhile|common|usual|normal|customary|polite|rude|fair|right|wrong|cheaper|a good idea|a bad idea|a myth|a fact|the case`;
  const verb = "(?:is|was|isn[’']t|wasn[’']t|would|will|does|did|do|can|could|has)";
  const often = '(?:(?:ever|usually|often|still|really|always|be|been|get|become|considered) )*';
  return [
    String.raw`what (?:time|day|date) ${verb} it(?= ${place}|[ ?.!]*$)`,
    String.raw`how (?:${weather}) ${verb} it (?:be |get |become )?(?=${place})`,
    String.raw`${verb} it ${often}(?:${weather}) (?=${place})`,
    String.raw`${verb} it ${often}${falling}(?= ${place})`,
    String.raw`how far (?:is|was) it from(?= .+ to )`,
    String.raw`${verb} it ${often}(?:${judged}) (?=${clause})(?:that)?`,
    String.raw`it (?:is|was|would be) ${often}(?:${judged}) (?=${clause})(?:that)?`,
    String.raw`(?:who|what|when|where|why|how) (?:is|was) it that`,
    String.raw`${verb} it (?:take|cost|hurt|help|matter|pay|make sense)(?: \p{L}+)? (?=${clause})(?:that)?`,
    String.raw`what ${verb} it (?:feel )?like (?=to (?!be(?!\p{L}))\p{L}+ \p{L})`,
    String.raw`what (?:is|was) it called (?=(?:when|if) \p{L})`,
  ];
};

const de = () => {
  const time =
    '(?:sommer|winter|frühling|frühjahr|herbst|der nacht|morgen|mittag|abend|tag|januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember|diese[mnrs]?|dies)';
  const place = String.raw`(?:auf|in|im|bei|am|an) (?:der |dem |den )?(?!${time}(?!\p{L}))\p{L}`;
  const judged =
    'wahr|falsch|richtig|bekannt|sicher|möglich|unmöglich|nötig|notwendig|wichtig|sinnvoll|ratsam|erlaubt|verboten|legal|illegal|strafbar|gefährlich|schädlich|gesund|ungesund|schwer|schwierig|leicht|einfach|gut|schlecht|besser|üblich|normal|unhöflich|billiger|günstiger|teuer';
  const endOfClause =
    'um|ohne|statt|anstatt|zu|genug|auch|in|im|am|an|auf|bei|mit|von|für|nach|vor|selbst|selber|allein|online|darin|damit|hier|dort|roh|später|gleich|noch|immer|oft|schnell|direkt';
  return [
    String.raw`(?:stimmt|gilt) es(?=,? (?:dass|ob) \p{L}+ \p{L})`,
    String.raw`(?:ist|war|wäre) es (?:\p{L}+ )?(?:${judged})(?=,? (?:dass|ob) \p{L}+ \p{L}|,? (?!(?:${endOfClause})(?!\p{L}))\p{L}+ (?:.* )?zu \p{L})`,
    String.raw`wie (?:warm|kalt|heiß|spät|dunkel|windig|feucht) (?:ist|war|wird) es(?= ${place})`,
    'wie ?viel uhr ist es',
    'wie weit ist es(?= von .+ (?:nach|bis|zu[mr]?) )',
    String.raw`(?:regnet|schneit|hagelt|donnert|stürmt) es(?=.* ${place})`,
    String.raw`dauert es(?=.*\p{L} .*(?:zu \p{L}|bis))`,
    String.raw`(?:gibt|gab) es(?= .*\p{L} ${place})`,
  ];
};

const fr = () => {
  const time =
    "(?:la |le |les |l[’']|un |une )?(?:été|hiver|printemps|automne|nuit|jour|journée|matin|matinée|soir|soirée|midi|après-midi|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|cela|ça|ce|cet|cette|ces|celui|celle|ceux|lui|elles?|eux|leurs?|son|sa|ses)";
  const place = String.raw`(?:à|au|aux|en|dans|sur|sous|chez) (?!${time}(?!\p{L}))\p{L}`;
  const endOfClause =
    'soi|à|au|aux|en|dans|sur|sous|sans|avec|pour|par|chez|avant|après|pendant|souvent|seule?s?|plus|moins|et|ou|là|ici|dehors|ensuite|tout';
  const weather = 'chaud|froid|doux|frais|humide|beau|bon|mauvais|jour|nuit|sombre';
  return [
    String.raw`(?:qu[’'])?est-ce qu(?:e |[’'])`,
    String.raw`(?:est|était|serait)-il (?:vrai|possible|impossible|nécessaire|interdit|permis|légal|dangereux|facile|difficile|important|utile|bon|certain|probable) (?=qu(?:e |[’'])\p{L}+ \p{L}|d(?:e |[’'])\p{L}+ (?!(?:${endOfClause})(?!\p{L}))\p{L})`,
    String.raw`quelle heure (?:est|était)-il(?= ${place})`,
    String.raw`(?:y a-t-il|(?<!qu[’'])il y a)(?=.* ${place})`,
    String.raw`(?:faut-il|il faut)(?=.* \p{L}+(?:er|ir|re) (?:les? |la |l[’']|une? |des? |du )\p{L})`,
    String.raw`(?:pleut-il|neige-t-il|fait-il (?:(?:très|si|trop|plus|aussi) )?(?:${weather})(?!\p{L}))(?=.* ${place})`,
  ];
};

function anyOf(patterns: readonly string[]): RegExp {
  return new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${patterns.join('|')})`, 'giu');
}

/**
 * By language, where a pronoun stands for nothing that was named before: time, weather and distance ("What time is it in
 * Tokyo?"), and what a clause behind it says ("Is it true that cats have nine lives?", "Is it safe to eat mushrooms?"). Only with
 * a place or a clause that names something itself: "How cold does it get in winter?" and "Is it safe to eat?" go on with
 * what was asked before.
 */
export const dummyPronouns: ReadonlyMap<string, RegExp> = new Map([
  ['en', anyOf(en())],
  ['de', anyOf(de())],
  ['fr', anyOf(fr())],
]);
