const theSource = String.raw`(?:passages?|documents?|sources?|excerpts?|texts?|context|materials?|files?|library)`;
const toSay = String.raw`(?:say|state|mention|contain|hold|cover|provide|include|specify|tell|describe|discuss|give|answer|indicate|address|explain|list|name|reveal|support|offer|go into)`;
const nothing = String.raw`(?:do(?:es)? not|don't|doesn't|did not|didn't|cannot|can't|say nothing|says nothing|no|none|nothing|neither)`;

/** By language: that the documents do not hold what was asked, as models put it. */
const patterns = [
  // English
  String.raw`\b${theSource}\b.{0,60}\b${nothing}\b.{0,40}\b${toSay}s?\b`,
  String.raw`\b(?:none|neither|nothing)\b.{0,40}\b${theSource}\b.{0,60}\b${toSay}s?\b`,
  String.raw`\b(?:is|are|was|were)(?: not|n't) (?:mentioned|stated|specified|given|provided|covered|described|found|answered|included|listed|in (?:the|your|these) ${theSource})\b`,
  String.raw`\bthere (?:is|are) (?:no|nothing)\b.{0,30}\b(?:information|mention|passages?|answers?|details|documents?|about (?:this|that|it))\b`,
  String.raw`\b(?:i|we) (?:could not|couldn't|cannot|can't|can not|do not|don't|did not|didn't) (?:find|know|see|have|tell|answer|say)\b`,
  String.raw`\b(?:i|we) found (?:no|nothing)\b`,
  // German, French, Spanish, Italian, Portuguese, Dutch, Swedish, Danish, Norwegian, Russian
  String.raw`(?:passagen|dokumente|abschnitte|quellen|texte|unterlagen|stellen)\b.{0,60}\b(?:nicht|nichts|keine?n?)\b`,
  String.raw`(?:in den|in ihren) (?:passagen|dokumenten|quellen|texten|unterlagen)\b.{0,60}\b(?:nicht|nichts|keine?n?)\b`,
  String.raw`(?:passages|documents|sources|textes)\b.{0,60}\b(?:ne |n').{0,40}\b(?:pas|rien|aucune?)\b`,
  String.raw`\b(?:no|ni|ning[uú]n[ao]?)\b.{0,40}\b(?:pasajes|documentos|fuentes|textos)\b|(?:pasajes|documentos|fuentes|textos)\b.{0,20}\bno\b`,
  String.raw`(?:passaggi|documenti|fonti|testi)\b.{0,20}\bnon\b|\bnon\b.{0,40}\b(?:passaggi|documenti|fonti|testi)\b`,
  String.raw`(?:passagens|documentos|fontes|textos)\b.{0,20}não\b|não.{0,40}(?:passagens|documentos|fontes|textos)\b`,
  String.raw`(?:passages|documenten|bronnen|teksten)\b.{0,60}\b(?:niet|niets|geen)\b`,
  String.raw`(?:passagerna|dokumenten|källorna|passagerne|dokumenterne|kilderne|dokumentene|kildene)\b.{0,60}\b(?:inte|inget|ikke|intet|ingenting)\b`,
  String.raw`(?:отрывк|документ|источник|текст)\p{L}*.{0,60}(?:не|нет|ничего)(?!\p{L})|(?:не|нет|ничего) .{0,40}(?:отрывк|документ|источник|текст)`,
].map((pattern) => new RegExp(pattern, 'iu'));

/**
 * Whether a sentence says that the documents do not hold what was asked: nothing can be cited for that. Known in eleven
 * languages; in others it is taken for a claim, and marked.
 */
export function saysNothingFound(sentence: string): boolean {
  const plain = sentence.replaceAll('’', "'");
  return patterns.some((pattern) => pattern.test(plain));
}
