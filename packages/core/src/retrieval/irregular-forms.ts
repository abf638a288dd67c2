import type { QuestionWord } from '@twin/db/queries/lexemes';
import { textLanguage } from './text-language.ts';

/**
 * Forms of an English word that its stemmer does not bring together: questions ask "did she build", documents say "built". Left
 * out are verbs that say next to nothing (make, find, take), which found more of what nobody asked for, and forms that mostly mean something
 * else (bore, ground, lay, wound).
 */
const groups: readonly (readonly string[])[] = `
arise arose arisen, awake awoke awoken, beat beaten, become became, begin began begun, bend bent, bind bound,
bite bitten, bleed bled, blow blew blown, break broke broken, breed bred, bring brought, build built, burn burnt,
buy bought, catch caught, choose chose chosen, cling clung, creep crept, deal dealt, dig dug, draw drew drawn,
dream dreamt, drink drank drunk, drive drove driven, eat ate eaten, fall fell fallen, feed fed, feel felt,
fight fought, flee fled, fly flew flown, forbid forbade forbidden, foresee foresaw foreseen, forget forgot forgotten,
forgive forgave forgiven, freeze froze frozen, grow grew grown, hang hung, hear heard, hide hid hidden, kneel knelt,
lead led, learn learnt, leave left, lend lent, lie lain, lose lost, meet met, mistake mistook mistaken,
overcome overcame, overtake overtook overtaken, pay paid, rebuild rebuilt, rewrite rewrote rewritten,
ride rode ridden, ring rang rung, rise rose risen, run ran, seek sought, sell sold, send sent, sew sewn,
shake shook shaken, shine shone, shoot shot, shrink shrank shrunk, sing sang sung, sink sank sunk, sit sat,
slay slew slain, sleep slept, slide slid, sow sown, speak spoke spoken, spend spent, spin spun, spring sprang sprung,
stand stood, steal stole stolen, stick stuck, sting stung, strike struck, strive strove striven, swear swore sworn,
sweep swept, swell swollen, swim swam swum, swing swung, teach taught, tear tore torn, tell told, throw threw thrown,
tread trod trodden, undergo underwent undergone, understand understood, undertake undertook undertaken,
uphold upheld, wake woke woken, wear wore worn, weave wove woven, weep wept, win won, withdraw withdrew withdrawn,
withstand withstood, write wrote written, calf calves, child children, foot feet, goose geese, half halves,
knife knives, loaf loaves, man men, mouse mice, ox oxen, person people, shelf shelves, thief thieves, tooth teeth,
wife wives, wolf wolves, woman women
`
  .trim()
  .split(/,\s+/)
  .map((forms) => forms.split(' '));

/** Asked for, these mostly mean something else: a rose has not risen. In documents they are found as forms of the others. */
const homographs = new Set(['fall', 'fell', 'felt', 'left', 'ring', 'rose', 'spring']);
const groupsByForm = Map.groupBy(
  groups.flatMap((forms) => forms.map((form) => ({ form, forms }))).filter(({ form }) => !homographs.has(form)),
  ({ form }) => form,
);

/** The forms of every irregular English word that some of the texts say, a group for each word; none where the first is of another language. */
export function listIrregularForms(texts: readonly string[]): (readonly string[])[] {
  const language = textLanguage(texts[0] ?? '');
  if (language !== undefined && language !== 'en') return [];
  const said =
    texts
      .join(' ')
      .toLowerCase()
      .match(/\p{L}+/gu) ?? [];
  // "Who writes it?", but the leaves of a tree have not left.
  const bare = said.flatMap((word) => (word.endsWith('s') && word !== 'leaves' ? [word, word.slice(0, -1)] : [word]));
  return [...new Set(bare.flatMap((word) => groupsByForm.get(word) ?? []).map(({ forms }) => forms))];
}

/**
 * The words of a question, those with irregular forms also by the stems of these, which count once together.
 * @param forms the words of `groups.flat().join(' ')`, read as the question was.
 */
export function withIrregularForms(
  words: readonly QuestionWord[],
  forms: readonly QuestionWord[],
  groups: readonly (readonly string[])[],
): QuestionWord[] {
  let place = 0;
  const groupStems = groups.map((group) => {
    const places = group.map(() => (place += 1));
    return forms.filter(({ positions }) => positions.some((position) => places.includes(position)));
  });
  const all = words.flatMap((word) => {
    const stems = groupStems.find((group) => group.some(({ lexeme }) => lexeme === word.lexeme)) ?? [];
    const held = stems.filter(({ id }) => id !== null).toSorted((a, b) => b.chunkCount - a.chunkCount);
    const [commonest] = held;
    if (commonest === undefined) return [word];
    const name = { lexeme: commonest.lexeme, rarity: commonest.rarity };
    return held.map((stem) => ({ ...stem, word: name, positions: word.positions }));
  });
  return [...new Map(all.map((word) => [word.lexeme, word])).values()];
}
