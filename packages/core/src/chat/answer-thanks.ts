import type { StemmedLanguage } from '../retrieval/text-language.ts';

/** How thanks are said, and what is said back. */
const courtesies: Record<StemmedLanguage, { thanks: string; reply: string }> = {
  en: {
    thanks:
      '(?:many |ok(?:ay)? |great |perfect |good |nice |super )?(?:thanks|thank you|thx)(?: (?:a lot|so much|very much|again|for (?:your|the|that) (?:help|answer)|that (?:helps|helped)))?',
    reply: 'You are welcome. Ask me anything else about your documents.',
  },
  de: {
    thanks: 'danke(?: ?sch[öo]n| sehr| dir| ihnen)?|(?:vielen|besten|herzlichen) dank',
    reply: 'Gern geschehen. Fragen Sie mich gern mehr über Ihre Dokumente.',
  },
  fr: {
    thanks: 'merci(?: beaucoup| bien)?',
    reply: 'Je vous en prie. Posez-moi d’autres questions sur vos documents.',
  },
  es: { thanks: '(?:muchas )?gracias', reply: 'De nada. Pregúnteme lo que quiera sobre sus documentos.' },
  it: { thanks: '(?:molte )?grazie(?: mille)?', reply: 'Prego. Mi chieda pure altro sui suoi documenti.' },
  pt: { thanks: '(?:muito )?obrigad[oa]', reply: 'De nada. Pergunte o que quiser sobre os seus documentos.' },
  nl: { thanks: 'bedankt|dank (?:je|u)(?: wel)?', reply: 'Graag gedaan. Vraag gerust meer over uw documenten.' },
  sv: { thanks: 'tack(?: så mycket)?', reply: 'Varsågod. Fråga gärna mer om dina dokument.' },
  da: { thanks: '(?:mange |tusind )?tak', reply: 'Selv tak. Spørg gerne om mere i dine dokumenter.' },
  no: { thanks: '(?:mange |tusen )?takk', reply: 'Bare hyggelig. Spør gjerne om mer i dokumentene dine.' },
  fi: { thanks: 'kiitos(?: paljon)?', reply: 'Ole hyvä. Kysy lisää asiakirjoistasi.' },
  hu: { thanks: 'köszönöm(?: szépen)?|köszi', reply: 'Szívesen. Kérdezzen bátran mást is a dokumentumairól.' },
  ro: {
    thanks: 'mul[țţt]umesc(?: mult)?',
    reply: 'Cu plăcere. Întrebați-mă orice altceva despre documentele dumneavoastră.',
  },
  tr: {
    thanks: 'teşekkür(?:ler| ederim)|sağ ol(?:un)?',
    reply: 'Rica ederim. Belgeleriniz hakkında başka sorular da sorabilirsiniz.',
  },
  ru: { thanks: '(?:большое )?спасибо(?: большое)?', reply: 'Пожалуйста. Спрашивайте о ваших документах и дальше.' },
};
const patterns = Object.values(courtesies).map(({ thanks, reply }) => ({
  pattern: new RegExp(`^(?:${thanks})$`),
  reply,
}));

/** What answers a question that is nothing but thanks, in its language; undefined for any other. */
export function replyToThanks(question: string): string | undefined {
  const folded = question
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}]+/gu, ' ')
    .trim();
  return patterns.find(({ pattern }) => pattern.test(folded))?.reply;
}
