/** How somebody can be reached. */
export type WayToReach = 'email' | 'telephone' | 'contact';

const whose = String.raw`(?:\b(?:your|his|her|their|our|my) |['’]s )`;
const phone = String.raw`(?:(?:tele|mobile |cell ?)?phone|mobile)`;
/** Where nothing follows that the word belongs to: "your e-mail?", not "your e-mail policy". */
const end = String.raw`(?=\s*(?:[?.!,;]|$|(?:and|or|please)\b))`;
const start = String.raw`(?<!\p{L})`;
const them = String.raw`(?=(?:you|him|her|them)\b)`;
const may = String.raw`(?:can|could|may|should|would|might|do)`;

/** What asks for an address or a number, in seven languages: whole, but for whose it is. */
const phrases: Record<WayToReach, readonly string[]> = {
  email: [
    String.raw`${whose}?\be-?mail address(?:es)?\b`,
    String.raw`${whose}(?:\p{L}+ )?e-?mail${end}`,
    String.raw`^e-?mail${end}`,
    String.raw`\b${may} (?:i|we|one) e-?mail ${them}`,
    String.raw`${start}(?:deine |ihre |seine )?e-?mail-?adresse`,
    String.raw`${start}(?:deine|ihre|seine) e-?mail${end}`,
    String.raw`${start}(?:(?:ton|votre|son) )?adresse (?:e-?mail|mail|électronique)`,
    String.raw`${start}(?:ton|votre|son) (?:e-?mail|courriel)${end}`,
    String.raw`${start}(?:(?:tu|su) )?correo electrónico`,
    String.raw`${start}(?:tu|su) (?:correo|e-?mail)${end}`,
    String.raw`${start}indirizzo (?:e-?mail|di posta elettronica)`,
    String.raw`${start}(?:tua|sua|teu|seu) e-?mail${end}`,
    String.raw`${start}endereço de e-?mail`,
    String.raw`\b(?:je |jouw |uw )?e-?mailadres\b`,
  ],
  telephone: [
    String.raw`${whose}?\b(?:tele)?phone numbers?\b`,
    String.raw`${whose}${phone} numbers?\b`,
    String.raw`(?<=\bwhat(?: is|['’]s) )your ${phone}${end}`,
    String.raw`^(?:tele)?phone${end}`,
    String.raw`\b${may} (?:i|we|one) (?:phone|call|ring) ${them}`,
    String.raw`${start}(?:deine |ihre |seine )?(?:telefon|handy|mobil|ruf)nummer`,
    String.raw`(?<=\bkann ich )(?:dich|sie|ihn) anrufen`,
    String.raw`${start}(?:(?:ton|votre|son) )?numéro de (?:téléphone|portable)`,
    String.raw`${start}(?:(?:tu|su|teu|seu) )?número de (?:teléfono|telefone|telemóvel)`,
    String.raw`${start}(?:tu|su|teu|seu) tel[eé]fon[oe]${end}`,
    String.raw`${start}puedo llamar(?:te|le)`,
    String.raw`${start}numero di (?:telefono|cellulare)`,
    String.raw`\btelefoonnummer\b`,
  ],
  contact: [
    String.raw`(?:\byour )?\bcontact (?:details|information|info|data)\b`,
    String.raw`\byour contacts?${end}`,
    String.raw`\b(?:how|where) (?:${may} (?:i|we|one)|to) (?:best )?(?:contact|get (?:in touch|in contact)(?: with)?|get hold of|write to|reach ${them})`,
    String.raw`\b${may} (?:i|we|one) (?:contact|reach|write to|get in touch with) ${them}`,
    String.raw`(?<=\bwie (?:kann|können|könnte) (?:ich|man|wir) (?:dich|sie|euch|ihn|(?:frau|herrn) \p{L}+) (?:\p{L}+ ){0,2})(?:erreichen|kontaktieren)`,
    String.raw`\bwie erreiche ich (?=(?:dich|sie|euch|ihn|frau|herrn)\b)`,
    String.raw`\bkontaktdaten`,
    String.raw`(?<=\bcomment .{0,20})(?:te|vous) (?:contacter|joindre)`,
    String.raw`(?<=\bcómo .{0,20})contactar(?:te|le|lo|la|les)?(?: con)?`,
    String.raw`(?<=\bcome .{0,20})contattar(?:ti|la|vi|e)`,
    String.raw`(?<=\bcomo .{0,20})(?:conta[c]?tar|entrar em conta[c]?to com)`,
    String.raw`(?<=\bhoe kan ik )(?:(?:je|u) (?:bereiken|contacteren)|contact (?:met (?:je|u) )?opnemen)`,
  ],
};
const asking = (Object.keys(phrases) as WayToReach[]).map((way) => ({
  way,
  pattern: new RegExp(phrases[way].join('|'), 'giu'),
}));
/** "When can I call you?" asks for hours. */
const asksWhen = /^(?:when|wann|quand|cuándo|quando|wanneer)\b/i;

/** What stands in the index for an address or a number (migration `0360-ways-to-reach`): no text says these words. */
const signs: Record<WayToReach, readonly string[]> = {
  email: ['emailaddress'],
  telephone: ['telephonenumber'],
  contact: ['emailaddress', 'telephonenumber'],
};
/** As every language's stemmer leaves them. */
const signStems: Record<WayToReach, RegExp> = {
  email: /^emailaddr/,
  telephone: /^telephonenumb/,
  contact: /^(?:emailaddr|telephonenumb)/,
};

/** Words that a text with such a way says, the question's own word first. */
const forms: Record<WayToReach, readonly string[]> = {
  email: ['email', ...signs.email],
  telephone: ['telephone', 'phone', ...signs.telephone],
  contact: ['contact', ...signs.contact],
};

export interface AskedToReach {
  /** The question with one word for each way that it asks for. */
  question: string;
  ways: readonly WayToReach[];
  /** Of those words and of what they are found by, a group each. */
  forms: readonly (readonly string[])[];
}

/** "What is Miriam's e-mail address?", "How can I reach you?": by which words an answer is found, though it says none of the question's. */
export function askToReach(question: string): AskedToReach {
  const asked = asksWhen.test(question) ? [] : asking.filter(({ pattern }) => question.search(pattern) >= 0);
  return {
    question: asked.reduce((text, { way, pattern }) => text.replaceAll(pattern, ` ${way} `), question),
    ways: asked.map(({ way }) => way),
    forms: asked.map(({ way }) => forms[way]),
  };
}

/** Whether a text holds such a way. @param said its words as the index has them. */
export function holdsWayToReach(way: WayToReach, said: ReadonlySet<string>): boolean {
  return [...said].some((word) => signStems[way].test(word));
}
