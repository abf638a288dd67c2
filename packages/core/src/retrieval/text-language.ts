/** The languages whose stems the search knows, by ISO 639-1. */
export type StemmedLanguage =
  | 'en'
  | 'de'
  | 'fr'
  | 'es'
  | 'it'
  | 'pt'
  | 'nl'
  | 'sv'
  | 'da'
  | 'no'
  | 'fi'
  | 'hu'
  | 'ro'
  | 'tr'
  | 'ru';

/** Words that nearly every question or sentence of a language holds one of. */
const functionWords: Record<StemmedLanguage, string> = {
  en: 'a an in on or be by at so no as i me my your about the and of to is are was were what how does do did who when where which why that with for from this it have has can not you there they many much',
  de: 'der die das und ist sind war waren wie was wer wann wo welche welcher welches warum nicht ein eine einen einem mit für von dem den des auf zu im wird werden ich sie es kann gibt hat haben wir über wieviel viele',
  fr: 'le la les des est sont et que qui quoi quel quelle quels quelles comment pourquoi quand où une un du dans pour pas avec sur il elle nous vous ce cette au aux combien ils elles sont-ils',
  es: 'el la los las es son y que qué quién cómo cuándo dónde por para una un del con no se su cuál cuáles cuánto cuántos cuántas está están hay en al lo',
  it: 'il lo la gli le è sono e che chi come quando dove perché un una di del della dei delle con per non quale quali quanto quanti quante cosa nel nella si',
  pt: 'o a os as é são e que quem como quando onde por para um uma do da dos das com não qual quais quanto quantos quantas em no na se ao',
  nl: 'de het een en is zijn was wat wie hoe wanneer waar welke waarom niet met voor van op dat te er kan hoeveel ze heeft worden wordt',
  sv: 'och är det en ett som vad hur när var vem vilken vilka varför inte med för av på till den de kan många att om har',
  da: 'og er det en et som hvad hvordan hvornår hvor hvem hvilken hvilke hvorfor ikke med for af på til den de kan mange at har',
  no: 'og er det en et som hva hvordan når hvor hvem hvilken hvilke hvorfor ikke med for av på til den de kan mange å har',
  fi: 'ja on ovat oli mitä mikä miten milloin missä kuka miksi ei se että kun tai kuinka monta ne niiden',
  hu: 'a az és egy hogy nem van mi mit ki mikor hol miért hogyan hány melyik ez is',
  ro: 'și este sunt un o de la cu pe care ce cine când unde cum nu din în pentru cât câte câți se',
  tr: 've bir bu için ile ne nasıl nerede kim değil mi mı mu kaç hangi olan da de nedir',
  ru: 'и в не на что как где когда кто почему это с по из для сколько они какой какие',
};
const wordsByLanguage = Object.entries(functionWords).map(
  ([language, words]) => [language as StemmedLanguage, new Set(words.split(' '))] as const,
);

const scripts: readonly (readonly [language: string, script: RegExp])[] = [
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/u],
  ['zh', /\p{Script=Han}/u],
  ['ko', /\p{Script=Hangul}/u],
  ['th', /\p{Script=Thai}/u],
  ['ar', /\p{Script=Arabic}/u],
  ['he', /\p{Script=Hebrew}/u],
  ['el', /\p{Script=Greek}/u],
  ['hi', /\p{Script=Devanagari}/u],
  ['uk', /[іїєґ]/i],
  ['ru', /\p{Script=Cyrillic}/u],
];
/** A quotation or a formula in another script does not make a text one of that script. */
const scriptShareMin = 0.3;

/**
 * The language of a text by its script, else by its function words; undefined when none stands out, as in a name or two
 * words. A guess good enough to choose a fixed sentence by, or to say that two texts differ.
 */
export function textLanguage(text: string): string | undefined {
  const letters = text.match(/\p{L}/gu) ?? [];
  const foreign = letters.filter((letter) => !/\p{Script=Latin}/u.test(letter));
  if (foreign.length > scriptShareMin * letters.length) {
    return scripts.find(([, script]) => foreign.some((letter) => script.test(letter)))?.[0];
  }
  const words = text.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? [];
  const [first, second] = wordsByLanguage
    .map(([language, known]) => ({ language, count: words.filter((word) => known.has(word)).length }))
    .toSorted((a, b) => b.count - a.count);
  return first !== undefined && first.count > (second?.count ?? 0) ? first.language : undefined;
}
