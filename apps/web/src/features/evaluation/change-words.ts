import type { QuestionChange, RunQuestion } from '../../views.ts';
import { formatShare, shownMeasures } from './measure-words.ts';

/** What came out otherwise: "Refused now · document in place 1 → not found". Empty where one run alone asked. */
export function changeWords({ before, after }: Pick<QuestionChange, 'before' | 'after'>): string {
  if (before === null || after === null) return '';
  const [then, now] = [before.result, after.result];
  const hasMoved = before.place !== after.place;
  const told = [
    then.refused !== now.refused && (now.refused ? 'refused now' : 'refused no longer'),
    hasMoved && `document ${placeWords(before.place)} → ${placeWords(after.place)}`,
    then.answerContained !== now.answerContained && (now.answerContained ? 'holds the words' : 'lacks the words'),
    expectsOtherwise(before.question, after.question) && 'something else expected',
  ].filter((words) => words !== false);
  // Told by these already.
  const implied = new Set<string>(['reciprocalRank', 'answerContained', 'refusalF1']);
  if (hasMoved) implied.add('ndcg');
  if (hasMoved && after.question.expected.length === 1) implied.add('recall');
  if (then.refused !== now.refused) implied.add('quotesVerified');
  const shares = shownMeasures.flatMap(({ key, name }) => {
    if (implied.has(key) || key === 'refusalF1' || then[key] === now[key]) return [];
    return `${name} ${formatShare(then[key])} → ${formatShare(now[key])}`;
  });
  return [...told, ...shares].join(' · ').replace(/^./, (letter) => letter.toUpperCase());
}

/** The expectations of a question are the owner's, who may have changed them between two runs. */
export function expectsOtherwise(before: RunQuestion['question'], after: RunQuestion['question']): boolean {
  return JSON.stringify(before) !== JSON.stringify(after);
}

function placeWords(place: number | null): string {
  return place === null ? 'not found' : `in place ${place}`;
}
