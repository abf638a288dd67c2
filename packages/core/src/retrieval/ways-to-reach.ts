/** How somebody can be reached. */
export type WayToReach = 'email' | 'telephone' | 'contact';

/**
 * Asking for an address or a number, in seven languages. What is asked for is replaced by one word; a name that stands in a group stays.
 */
const asking: readonly (readonly [WayToReach, RegExp])[] = [
  [
    'email',
    /(?:\b(?:your|his|her|their|our|my) |['’]s )?e-?mail address(?:es)?\b|(?:\b(?:your|his|her|their|our|my)|['’]s) (?:\p{L}+ )?e-?mail\b|\be-?mail (?=(?:you|him|her|them)\b)|\be-?mail-?adresse|(?<!\p{L})(?:deine|ihre|seine) e-?mail\b|(?<!\p{L})adresse (?:e-?mail|mail|électronique)|(?<!\p{L})(?:ton|votre|son) (?:e-?mail|courriel)|(?<!\p{L})(?:tu|su) (?:correo|e-?mail)(?: electrónico)?|(?<!\p{L})correo electrónico|(?<!\p{L})indirizzo (?:e-?mail|di posta elettronica)|(?<!\p{L})(?:tua|sua|teu|seu) e-?mail|(?<!\p{L})endereço de e-?mail|\be-?mailadres\b|\b(?:je|jouw|uw) e-?mail\b/giu,
  ],
  [
    'telephone',
    /(?:\b(?:your|his|her|their|our|my) |['’]s )?\b(?:(?:tele|mobile |cell ?)?phone|mobile|cell) numbers?\b|(?:\b(?:your|his|her|their|our|my)|['’]s) (?:(?:tele|mobile |cell ?)?phone|mobile)\b|\b(?:can|could|may|should|do|to) (?:(?:i|we|one) )?(?:phone|call|ring) (?=(?:you|him|her|them)\b)|\b(?:telefon|handy|mobil|ruf)nummer|\b(?:dich|sie) anrufen|(?<!\p{L})numéro de (?:téléphone|portable)|(?<!\p{L})(?:te|vous) appeler|(?<!\p{L})número de (?:teléfono|telefone|telemóvel)|(?<!\p{L})(?:tu|su) teléfono|(?<!\p{L})numero di (?:telefono|cellulare)|\btelefoonnummer\b/giu,
  ],
  [
    'contact',
    /(?:\byour )?\bcontact (?:details|information|info|data)\b|\byour contact\b|\b(?:contact|reach|get (?:in touch|hold|in contact)(?: with| of)?|be in touch with) (?=you\b|him\b|her\b|them\b|(?-i:\p{Lu}))|\b(?:dich|sie|euch) (?:\p{L}+ )?(?:erreichen|kontaktieren)|\berreiche ich|\bkontaktdaten|(?<!\p{L})(?:te|vous) (?:contacter|joindre)|(?<!\p{L})(?:contactar(?:te|le|lo)|ponerme en contacto)|(?<!\p{L})(?:contattar(?:ti|la|vi))|(?<!\p{L})entrar em contac?to|\b(?:je|u) (?:contacteren|bereiken)/giu,
  ],
];

/**
 * Words that a text with such a way says, the question's own word first: no text says `emailaddress` and `telephonenumber`, which stand in
 * the index for what looks like one (migration `0360-ways-to-reach`).
 */
const forms: Record<WayToReach, readonly string[]> = {
  email: ['email', 'emailaddress'],
  telephone: ['telephone', 'phone', 'telephonenumber'],
  contact: ['contact', 'emailaddress', 'telephonenumber'],
};
const looks: Record<WayToReach, RegExp> = {
  email: /\S@\S+\.\p{L}/u,
  telephone: /\d(?:[ ()/.-]{0,3}\d){6}/,
  contact: /\S@\S+\.\p{L}|\d(?:[ ()/.-]{0,3}\d){6}/u,
};

export interface AskedToReach {
  /** The question with one word for the way that it asks for. */
  question: string;
  way: WayToReach | undefined;
  /** Of that word and of what it is found by, one group; none where the question asks for no such way. */
  forms: readonly (readonly string[])[];
}

/** "What is Miriam's e-mail address?", "How can I reach you?": by which words an answer is found, though it says none of the question's. */
export function askToReach(question: string): AskedToReach {
  const asked = asking.find(([, pattern]) => question.search(pattern) >= 0);
  if (asked === undefined) return { question, way: undefined, forms: [] };
  const [way, pattern] = asked;
  return { question: question.replaceAll(pattern, ` ${way} `), way, forms: [forms[way]] };
}

/** Whether a text holds what looks like such a way. */
export function holdsWayToReach(way: WayToReach, text: string): boolean {
  return looks[way].test(text);
}
