import { isNegation } from './negated-words.ts';
import { deniedStretches } from './unspaced-negations.ts';

/** More that denies, in languages that claims are not yet compared in, and words that mean something else in others. */
const denials = new Set(
  `nobody nowhere sin mai nu nul nulle rien personne niente nada ninguém żaden żadna żadnych nikt nigdy není nelze bez
  không chưa chẳng δεν δε μην όχι ποτέ χωρίς никто ничего нельзя لا لم لن ليس ليست غير بدون ولا ولم ולא לא אין בלי नहीं मत बिना`.split(
    /\s+/,
  ),
);
const clauseEnd = /[,;:.!?()\n、，。；：！？،؛।（）\u2013\u2014]/u;

/**
 * Whether the words left out between two quoted ones deny one of them: "is not … safe" may not be quoted as "is … safe". What
 * stands between two commas may go with what it denies.
 */
export function leavesOutDenial(gap: string): boolean {
  const clauses = gap.split(clauseEnd);
  return [clauses[0], clauses.at(-1)].some((clause) => clause !== undefined && denies(clause));
}

function denies(clause: string): boolean {
  const words =
    clause
      .toLowerCase()
      .replaceAll('’', "'")
      .match(/[\p{L}\p{M}\p{N}']+/gu) ?? [];
  if (words.some((word) => isNegation(word) || denials.has(word) || /[않없]|아니/u.test(word))) return true;
  return deniedStretches(clause).length > 0;
}
