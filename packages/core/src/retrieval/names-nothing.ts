interface Words {
  /** Of every sentence, and what follow-ups open with. */
  functionWords: string;
  /** They ask for another thing than the question before. */
  askingWords: string;
  /** They ask for the same answer in another shape. */
  shapingWords: string;
  /** Behind one of these, some of the others are the name of something ("the terms", "het weer"). */
  articles?: string;
  nouns?: string;
}

/** By language, without accents: elsewhere they are other words, so all of a question's have to be of one language. */
const languages: Readonly<Record<string, Words>> = {
  en: {
    functionWords: `a an the and but or so also then too as if of in on at to for from with by about into over it its this that
      these those they them their he him his she her i me my you your we us our one ones is are was were be been am do does did
      have has had can could would will should may might must not no yes ok okay please thanks thank sorry well right great good
      nice really sure just still even very much many more most some any all both every other others another else same such
      there here now again once anything something everything nothing what which kindly let s t re ve ll d m don doesn didn isn
      wasn true correct up out on go come case reason`,
    askingWords: 'who whom whose when where why how',
    shapingWords: `explain explained explaining explanation elaborate summarize summarise summarized summarised summary sum brief
      briefly short shorter detail details detailed depth deeper further clarify clarification rephrase reword paraphrase repeat
      example examples instance illustrate expand continue say said tell describe show give put simple simpler simply plain
      easier easy word words term terms way sentence sentences bullet points longer precise precisely specific specifically
      exactly mean meant meaning understand know info information`,
    articles: 'the',
    nouns: `brief bullet can case depth instance may might must points right sentence sentences show still sum term terms us well
      will word words`,
  },
  de: {
    functionWords: `der die das den dem des ein eine einen einem einer und oder aber also auch dann denn doch ja nein nicht kein
      keine ich mir mich du dir dich sie ihnen ihr ihm ihn er es wir uns man dies diese dieser dieses diesen diesem davon dazu
      daruber damit dafur daran dabei hier dort da ist sind war waren wird werden wurde hat haben hatte kann kannst konnen
      konnte konnten konntest wurden wurdest will mochte soll sollte bitte danke gern gerne mal noch einmal nochmal wieder
      weiter mehr sehr viel alles etwas was wie von vom zu zum zur in im an am auf aus bei mit fur uber um nach so ganz nur
      schon jetzt sonst anderes anderen andere eigentlich genau ok okay wirklich echt gut los stimmt grund`,
    askingWords:
      'wer wen wem wessen wann wo wohin woher warum wieso weshalb weswegen wozu welche welcher welches wieviel viele lange',
    shapingWords: `erklar erklare erklaren erlautern erlautere zusammenfassen zusammenfassung fass fasse fassen zusammen kurz kurzer
      knapp ausfuhrlich ausfuhrlicher genauer naher detail details detailliert detaillierter einzelheiten beispiel beispiele
      wiederholen wiederhole sag sage sagen erzahl erzahle erzahlen beschreib beschreibe beschreiben gib geben zeig zeige nenn
      nenne worten einfach einfacher anders vertiefen prazisieren meinst meinen gemeint heisst bedeutet verstehe verstehen
      weisst wissen`,
  },
  fr: {
    functionWords: `le la les l un une des du de d et ou mais donc alors aussi puis oui non ne n pas je j me m moi tu te t toi vous
      nous il elle ils elles on lui leur y en ce c cela ca ceci cet cette ces est sont etait etaient a ont avait peux peut pouvez
      pourrais pourriez veux voulez voudrais s si plait merci bien encore fois plus autre autres chose tout toute tous que qu
      quoi quel quelle quels quelles au aux dans sur pour par avec sans vraiment ok accord tres peu nouveau vrai raison cas`,
    askingWords: 'qui quand pourquoi comment combien',
    shapingWords: `explique expliquer expliquez resume resumer resumez detail details detaille detailler detaillez precise preciser
      precisez exemple exemples repete repeter repetez dis dire dites dit raconte raconter racontez decris decrire montre montrer
      donne donner donnez mots termes simplement simple simples clair clairement brievement bref court savoir sais savez
      comprends comprendre reformule reformuler developpe developper developpez approfondir signifie`,
    articles: 'le la les l',
    nouns: 'cas court mots montre termes',
  },
  es: {
    functionWords: `el la los las lo un una unos unas y e o u pero entonces tambien si no me te se le les nos os yo tu usted
      ustedes ella ellos ellas esto eso este esta estos estas ese esa esos esas es son era fue fueron estan ha han hay puede
      puedes podria podrias puedo quiere quieres por favor gracias bien mas muy mucho otra otro vez algo todo nada de del al a en
      con sin para sobre que ok vale asi nuevo ya aun todavia cierto verdad razon caso`,
    askingWords: 'quien quienes cuando donde como cuanto cuantos cuanta cuantas cual cuales',
    shapingWords: `explica explicar explicarlo explicarme explicame explicalo explique resumir resume resumirlo resumelo resumen
      detalle detalles detallar ejemplo ejemplos repetir repite repitelo repetirlo di dime decir decirlo decirme dice cuenta
      cuentame contar contarme describe describir muestra dame dar palabras terminos sencillas sencillo simple claro aclarar
      aclara aclarame breve brevemente corto profundidad profundizar saber sabes entiendo entender ampliar amplia significa`,
    articles: 'el la los las',
    nouns: 'caso corto cuenta este muestra profundidad terminos vale',
  },
  it: {
    functionWords: `il lo la i gli le l un uno una e ed o ma allora quindi anche si no mi ti ci vi me te lui lei loro noi voi
      questo questa questi queste quello quella quelli quelle cio e sono era ha hanno puo puoi potrebbe potresti posso vuoi vuole
      per favore piacere grazie bene piu molto altra altro volta ancora qualcosa tutto niente di del della dei a al in con su da
      che cosa ok va vero davvero`,
    askingWords: 'chi quando dove perche come quanto quanti quante quale quali',
    shapingWords: `spiega spiegare spiegarlo spiegami spiegarmi riassumi riassumere riassumerlo riassunto dettaglio dettagli
      esempio esempi ripeti ripetere ripeterlo dimmi dire dirmi racconta raccontami descrivi mostra dammi dare parole termini
      semplici semplice chiarire chiarisci breve brevemente approfondire sapere capisco capire significa`,
    articles: 'il lo la i gli le l',
    nouns: 'mostra parole termini volta',
  },
  pt: {
    functionWords: `o a os as um uma e ou mas entao tambem sim nao me te se lhe nos eu tu voce ele ela eles elas isto isso este
      esta estes estas esse essa esses essas sao era foi foram esta estao ha tem pode podes poderia posso quer por favor obrigado
      obrigada bem mais muito outra outro vez algo tudo nada de do da dos das ao em no na com sem para sobre que ok certo
      verdade ainda`,
    askingWords: 'quem quando onde porque como quanto quantos quantas qual quais',
    shapingWords: `explica explicar explique resume resumir resuma resumo detalhe detalhes detalhar exemplo exemplos repete repetir
      repita diz dizer diga conta contar conte descreve descrever mostra dar palavras termos simples claro esclarecer breve
      brevemente aprofundar saber entendo entender significa`,
    articles: 'a o as os',
    nouns: 'conta mostra termos',
  },
  nl: {
    functionWords: `de het een en of maar dus ook dan toch ja nee niet geen ik mij me jij je jou u hij zij ze hem haar hun wij we
      ons men dit dat deze die ervan ermee erover daarvan daarover hier daar er is zijn was waren wordt worden heeft hebben had
      kan kun kunt kunnen kon zou wil alsjeblieft alstublieft graag bedankt dank nog eens weer verder meer veel alles iets wat
      van voor met op in aan bij uit over om naar te zo heel alleen nu anders andere echt goed oke klopt`,
    askingWords: 'wie wanneer waar waarom hoe welke hoeveel',
    shapingWords: `leg uitleggen uitleg samenvatten samenvatting vat samen kort korter uitgebreid uitgebreider details detail
      voorbeeld voorbeelden herhalen herhaal zeg zeggen vertel vertellen beschrijf geef geven toon woorden eenvoudig eenvoudiger
      verduidelijken bedoel bedoelt betekent begrijp weten weet`,
    articles: 'de het',
    nouns: 'toon vat weer woorden',
  },
  ru: {
    functionWords: `а и но или да нет не же ли тогда еще раз это этот эта эти этом этого об о в на с к по из для мне меня мы вы ты
      он она они оно его ее их ему ей им был была были было есть можете можешь можно мог могли пожалуиста спасибо хорошо больше
      более другое что нибудь все всё так там здесь правда`,
    askingWords: 'кто когда где почему зачем как сколько какои какая какие',
    shapingWords: `объясни объясните объяснить поясни поясните подробнее подробно детали кратко короче коротко обобщи итог
      пример примеры повтори повторите повторить скажи скажите сказать расскажи расскажите рассказать опиши опишите дай даите
      словами проще просто значит понимаю понять знать`,
  },
};

const known = Object.entries(languages).map(([language, { functionWords, askingWords, shapingWords, ...named }]) => ({
  asking: toSet(askingWords),
  shaping: toSet(shapingWords),
  all: toSet([functionWords, askingWords, shapingWords].join(' ')),
  articles: toSet(named.articles ?? ''),
  nouns: toSet(named.nouns ?? ''),
  /** In German a capital within a sentence says nothing. */
  capitalsName: language !== 'de',
}));

function toSet(words: string): ReadonlySet<string> {
  return new Set(words.trim().split(/\s+/));
}

/** What a question that names nothing wants of the one before it: the same again in another shape, or another thing about it. */
export type NamesNothing = 'reshapes' | 'asks';

/**
 * Whether none of a question's words names anything ("Why?", "Could you summarize it?", "Kannst du das genauer erklären?"), and
 * what it wants then; undefined for any other, and in other than eight languages. What stands in quotes, has a capital within its
 * sentence ("in May", "for IT") or an article before it ("the terms") is a name, whatever else the word means.
 */
export function namesNothing(question: string): NamesNothing | undefined {
  const words = wordsOf(question);
  if (words.length === 0 || quoted.test(question)) return undefined;
  const holdsName = holdsCapital(question);
  const spoken = known.filter(({ all, articles, nouns, capitalsName }) => {
    if (capitalsName && holdsName) return false;
    return words.every((word, at) => all.has(word) && !(nouns.has(word) && articles.has(words[at - 1] ?? '')));
  });
  if (spoken.length === 0) return undefined;
  const asksSomething = ({ asking, shaping }: (typeof known)[number]) =>
    words.some((word) => asking.has(word)) && !words.some((word) => shaping.has(word));
  return spoken.some(asksSomething) ? 'asks' : 'reshapes';
}

function wordsOf(question: string): string[] {
  const folded = question
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .replaceAll('ß', 'ss')
    .toLowerCase();
  return folded.match(/[\p{L}\p{N}]+/gu) ?? [];
}

const quoted = /["“„«]\s*[\p{L}\p{N}]/u;
/** Written with a capital for politeness, or always. */
const neverNames = new Set(['I', 'OK', 'Ok', 'Lei', 'U', 'Вы', 'Вас', 'Вам']);

const titleWordsMin = 3;

/** Whether a word that opens no sentence has a capital, unless all have one ("GO ON", "Tell Me More"). */
function holdsCapital(question: string): boolean {
  const words = [...question.matchAll(/[\p{L}\p{N}]+/gu)];
  const capitals = words.filter(([word]) => /^\p{Lu}/u.test(word));
  const isTitle = words.length >= titleWordsMin && capitals.length === words.length;
  if (isTitle || !/\p{Ll}/u.test(question)) return false;
  return capitals.some(
    ({ 0: word, index }) =>
      !neverNames.has(word) && !/(?:^|[.!?…:¿¡\n])[^\p{L}\p{N}]*$/u.test(question.slice(0, index)),
  );
}
