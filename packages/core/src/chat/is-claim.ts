import { contentWords } from '../retrieval/content-words.ts';
import { replyToThanks } from './answer-thanks.ts';
import { saysNothingFound } from './says-nothing-found.ts';

const listSign = /^(?:[-*•+]|\d{1,3}[.)])(?:\s+|$)/;
const heading = /^#{1,6}\s|^(\*\*|__)[^*_]*[^*_.!…。！]\1$/;
/** What ends so asks, or leads in to what comes. */
const openEnd = /[:：?？؟]["'”’»)\]*_\s]*$/;

/** Said to the person and not of the documents. */
const courtesies = [
  String.raw`yes|no|sure|certainly|of course|absolutely|hello|hi|hey|sorry|in short|in summary`,
  String.raw`you(?: are|'re) (?:very |most )?welcome|(?:good|great) question|(?:i )?hope (?:this|that|it) helps`,
  String.raw`(?:please )?(?:let me know|(?:feel free|do not hesitate|don't hesitate) to (?:ask|contact|reach|let))\b[^\d]*`,
  String.raw`(?:i am|i'm|i would be|i'd be)? ?(?:happy|glad) to (?:help|assist|answer|tell)\b.*`,
  String.raw`(?:i am|i'm) sorry|i apologi[sz]e(?: for .*)?`,
  String.raw`here(?: is|'s| are) (?:what|a|an|the|some|your|my|all)\b[^,\d]*\b(?:summary|overview|list|points?|answers?|findings|details|breakdown|found|know)\b[^,\d]*`,
  String.raw`ja|nein|gern(?:e)?|natürlich|selbstverständlich|hallo|ich hoffe,? das hilft.*`,
  String.raw`oui|non|bien sûr|certainement|bonjour|j'espère que cela .*`,
  String.raw`sí|no|claro|por supuesto|hola|espero que .* ayude`,
  String.raw`sì|certo|certamente|ciao|sim|não|claro|olá|nee|zeker|nej|nei|kyllä|ei|igen|nem|da|nu|evet|hayır|да|нет|конечно`,
];
const courtesy = new RegExp(`^(?:${courtesies.join('|')})[\\s.!…。！]*$`, 'iu');

/**
 * Whether a sentence of an answer says something that a document would have to prove. Headings, questions, what leads in to
 * a list, code, courtesies, and that the documents do not say what was asked, claim nothing.
 */
export function isClaim(sentence: string): boolean {
  const said = sentence
    .replaceAll(/```[\s\S]*?(?:```|$)/g, ' ')
    .replaceAll('’', "'")
    .trim()
    .replace(listSign, '');
  if (heading.test(said) || openEnd.test(said) || contentWords(said).size === 0) return false;
  const plain = said.replaceAll(/[*_]/g, '').trim();
  return !courtesy.test(plain) && replyToThanks(plain) === undefined && !saysNothingFound(plain);
}
