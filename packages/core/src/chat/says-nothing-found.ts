const theSource = String.raw`(?:passages?|documents?|sources?|excerpts?|texts?|context|materials?|files?|library)`;
const toSay = String.raw`(?:say|state|mention|contain|hold|cover|provide|include|specify|tell|describe|discuss|give|answer|indicate|address|explain|list|name|reveal|support|offer|go into)`;
const nothing = String.raw`(?:do(?:es)? not|don't|doesn't|did not|didn't|cannot|can't|say nothing|says nothing|no|none|nothing|neither)`;

/** Stems of verbs of saying, and of finding, by which the other languages' patterns tell "say nothing" from "are not needed". */
const saying = {
  de: 'sag|nenn|erwähn|enth[aä]lt|geb|gib|steh|beschreib|beantwort|hervor|find',
  fr: 'di[ts]|mentionn|contien|précis|indiqu|donn|répond|parl|abord|fourni|trouv',
  es: 'dic|mencion|contien|indic|especific|respond|habl|proporcion|incluy|encontr',
  it: 'dic|menzion|conten|indic|specific|rispond|parl|fornisc|riport|trov',
  pt: 'diz|mencion|cont[eé]m|indic|especific|respond|fornec|inclu|encontr',
  nl: 'zeg|vermeld|noem|bevat|sta[an]|geven|antwoord|beschrijv|vind',
  north: 'säg|nämn|innehåll|anger|står|siger|nævn|indehold|sier|nevn|innehold|oppgi|svar|finn|find',
  ru: 'говор|содерж|упомина|указ|сказа|отвеча|найд|описыва',
};
/** Somewhere in the sentence. */
const said = (stems: string) => String.raw`^(?=.*(?<!\p{L})(?:${stems})).*`;

/** By language: that the documents do not hold what was asked, as models put it. */
const patterns = [
  // English
  String.raw`\b${theSource}\b.{0,60}\b${nothing}\b.{0,40}\b${toSay}s?\b`,
  String.raw`\b(?:none|neither|nothing)\b.{0,40}\b${theSource}\b.{0,60}\b${toSay}s?\b`,
  String.raw`\b(?:is|are|was|were)(?: not|n't) (?:(?:mentioned|stated|specified|given|provided|covered|described|found|answered|included|listed)\b.{0,20} )?(?:in|by) (?:the|your|these|any)(?: \w+)? ${theSource}\b`,
  String.raw`\bthere (?:is|are) (?:no|nothing)\b.{0,30}\b(?:information|mention|passages?|answers?|details|documents?|about (?:this|that|it))\b`,
  String.raw`\b(?:i|we) (?:could not|couldn't|cannot|can't|can not) (?:find|tell|answer|say)\b`,
  String.raw`\b(?:i|we) (?:do not|don't|did not|didn't) (?:find\b|know\b(?! how)|have (?:any |enough |the |that |this )?(?:information|details|passages|documents)\b)`,
  String.raw`\b(?:i|we) found (?:no|nothing)\b`,
  // German, French, Spanish, Italian, Portuguese, Dutch, Swedish, Danish, Norwegian, Russian
  String.raw`${said(saying.de)}(?<!\p{L})(?:passagen|dokumenten?|abschnitten?|quellen|texten?|unterlagen|stellen)\b.{0,60}\b(?:nicht|nichts|keine?n?)\b`,
  String.raw`${said(saying.fr)}\b(?:passages|documents|sources|textes)\b.{0,60}\b(?:ne |n').{0,40}\b(?:pas|rien|aucune?)\b`,
  String.raw`${said(saying.es)}\b(?:(?:no|ni|ning[uú]n[ao]?)\b.{0,40}\b(?:pasajes|documentos|fuentes|textos)|(?:pasajes|documentos|fuentes|textos)\b.{0,20}\bno)\b`,
  String.raw`${said(saying.it)}\b(?:(?:passaggi|documenti|fonti|testi)\b.{0,20}\bnon|non\b.{0,40}\b(?:passaggi|documenti|fonti|testi))\b`,
  String.raw`${said(saying.pt)}(?<!\p{L})(?:(?:passagens|documentos|fontes|textos)\b.{0,20}não|não.{0,40}(?:passagens|documentos|fontes|textos))(?!\p{L})`,
  String.raw`${said(saying.nl)}\b(?:passages|documenten|bronnen|teksten)\b.{0,60}\b(?:niet|niets|geen)\b`,
  String.raw`${said(saying.north)}(?<!\p{L})(?:passagerna|dokumenten|källorna|passagerne|dokumenterne|kilderne|dokumentene|kildene)\b.{0,60}\b(?:inte|inget|ikke|intet|ingenting)\b`,
  String.raw`${said(saying.ru)}(?<!\p{L})(?:(?:отрывк|документ|источник|текст)\p{L}*.{0,60}(?:не|нет|ничего)(?!\p{L})|(?:не|нет|ничего) .{0,40}(?:отрывк|документ|источник|текст))`,
].map((pattern) => new RegExp(pattern, 'iu'));
/** What follows goes on to claim something. */
const goesOn = /;|, (?:but|however|aber|mais|pero|ma|mas|maar|men|но)(?!\p{L})/iu;

/**
 * Whether a sentence says that the documents do not hold what was asked: nothing can be cited for that. Known in eleven
 * languages; in others it is taken for a claim, and marked.
 */
export function saysNothingFound(sentence: string): boolean {
  const plain = sentence.replaceAll('’', "'");
  return !goesOn.test(plain) && patterns.some((pattern) => pattern.test(plain));
}
