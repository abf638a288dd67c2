import { dummyPronouns } from './dummy-pronouns.ts';
import { textLanguage } from './text-language.ts';

interface Signs {
  /** How a question opens that goes on with the one before. */
  openings: string;
  /** Words that stand for what was named before. */
  pointers: string;
}

/** By language, since "die", "son" and "dan" are other words elsewhere. */
const signs: Readonly<Record<string, Signs>> = {
  en: {
    openings:
      'and|but|so|also|then|what about|how about|what else|why|how so|really|more|go on|tell me more|oops|sorry|thanks|thank you|ok|okay|yes|no|right|great|well',
    pointers:
      'it|its|they|them|their|this|that|these|those|he|him|his|she|her|there|one|ones|same|such|former|latter|you said|you mentioned|you told|you mean|i mean|i meant',
  },
  de: {
    openings: 'und|aber|also|dann|was ist mit|wie steht es mit|warum|wieso|wirklich|mehr|danke|ja|nein|gut',
    pointers:
      'er|sie|es|ihn|ihm|ihnen|ihre?[nmrs]?|deren|dessen|dies(?:e[nmrs]?)?|dort|davon|damit|dazu|dafür|darüber|solche[nmrs]?',
  },
  fr: {
    openings: "et|mais|donc|alors|qu[’']en est-il|pourquoi|vraiment|merci|oui|non|bien",
    pointers: 'ils?|elles?|lui|son|sa|ses|leurs?|cela|ça|ceci|cel(?:ui|le|les)|ceux|ce(?:t|tte|s)?',
  },
  es: {
    openings: 'y|pero|entonces|por qué|gracias|sí|no|bueno',
    pointers: 'él|ellas?|ellos|sus?|es[eao]s?|est[eao]s?|aquell[ao]s?|allí|mism[ao]s?',
  },
  it: {
    openings: 'e|ma|allora|quindi|che dire di|perché|davvero|grazie|sì|no',
    pointers: 'lui|lei|loro|ess[aeoi]|quest[aeoi]|quell[aeoi]|su[ao]|suoi|sue|lì|stess[aeoi]',
  },
  pt: {
    openings: 'e|mas|então|por que|porquê|obrigad[oa]|sim|não',
    pointers: 'el[ea]s?|isto|isso|ess[ea]s?|est[ea]s?|seus?|suas?|del[ea]s?|lá|mesm[ao]s?',
  },
  nl: {
    openings: 'en|maar|dus|dan|hoe zit het met|waarom|echt|bedankt|ja|nee',
    pointers: 'hij|zij|ze|hem|haar|hen|hun|dit|deze|daar|ervan|ermee|dezelfde|zulke',
  },
  ru: {
    openings: 'а|и|но|тогда|почему|правда|спасибо|да|нет',
    pointers: 'он|она|они|оно|его|её|их|им|ему|этот|эта|это|эти|там|такой|такие',
  },
};
const patterns = new Map(
  Object.entries(signs).map(([language, { openings, pointers }]) => {
    const opens = new RegExp(`^[¿¡]?(?:${openings})(?![\\p{L}\\p{N}])`, 'iu');
    return [language, { opens, pointsBack: new RegExp(`(?<![\\p{L}\\p{N}])(?:${pointers})(?![\\p{L}\\p{N}])`, 'iu') }];
  }),
);
const shortWordsMax = 3;
/** A longer question with a pronoun has named by itself what that stands for. */
const pointingWordsMax = 16;

/**
 * Whether a question leans on what was asked before: it is very short, opens like a continuation, holds a pronoun or
 * speaks of what was said; a pronoun that stands for nothing ("How warm is it on Venus?") is none. Errs towards yes: earlier words
 * may count as well then, though they do not carry it alone (see `findRelevance`). In eight languages; of others it knows the shortness alone.
 */
export function isFollowUp(question: string): boolean {
  const words = question.match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.length <= shortWordsMax) return true;
  const language = textLanguage(question) ?? 'en';
  const known = patterns.get(language);
  if (known === undefined) return false;
  if (known.opens.test(question.trim())) return true;
  const dummy = dummyPronouns.get(language);
  const meant = dummy ? question.replaceAll(dummy, ' ') : question;
  return words.length <= pointingWordsMax && known.pointsBack.test(meant);
}
