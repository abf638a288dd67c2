import { askToReach, holdsWayToReach } from '../retrieval/ways-to-reach.ts';

const asksForNumber =
  /\b(?:how (?:many|much|long|old|far|high|tall|wide|deep|thick|heavy|big|large|fast|often)|when|(?:what|which) (?:year|century|date|day|percentage|percent|number|amount))\b/i;
export const asksForPerson = /\b(?:who|whom|whose)\b/i;
const numberWord =
  /\b(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|dozens?|half|hundreds?|thousands?|millions?|billions?)\b/i;
/** Not what opens a sentence, which is written large whatever it is. */
const namesWithin = /(?<!^|[.!?]\s)\b\p{Lu}\p{L}+/gu;

/**
 * Whether a sentence can hold what a question asks for: a number that is not the question's own after "how many" and
 * "when", a name that is not after "who", an address where somebody is to be reached. True of questions that ask for anything else, and in other languages than English.
 *
 * @param said the sentence's words as the index has them
 */
export function holdsKindOfAnswer(question: string, sentence: string, said: ReadonlySet<string>): boolean {
  const { ways } = askToReach(question);
  if (ways.length > 0) return ways.some((way) => holdsWayToReach(way, said));
  if (asksForNumber.test(question)) {
    const asked = new Set(question.match(/\d+/g));
    return numberWord.test(sentence) || (sentence.match(/\d+/g) ?? []).some((number) => !asked.has(number));
  }
  if (!asksForPerson.test(question)) return true;
  const asked = question.toLowerCase();
  return (sentence.match(namesWithin) ?? []).some((name) => !asked.includes(name.toLowerCase()));
}
