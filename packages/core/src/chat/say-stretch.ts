import { isTableRow } from './is-table-row.ts';
import type { QuotedStretch } from './join-stretches.ts';
import { opensItem } from './list-sentences.ts';
import { sayQuote } from './say-quote.ts';
import { sayTableRows } from './say-table-rows.ts';

/** A stretch as an answer quotes it, in Markdown: of several sentences the one that answers best in bold. */
export function sayStretch(stretch: QuotedStretch): string {
  const { passage, range } = stretch;
  return emphasized(stretch) ?? sayQuote(sayTableRows(passage.content, range));
}

/** Whether it is this sentence that stands in bold in what an answer says. @param answer Markdown */
export function isInBold(answer: string, sentence: string): boolean {
  const whole = sentence.replace(opensItem, '');
  return [whole, withoutStop(whole)].map(sayQuote).some((said) => said !== '' && answer.includes(`**${said}**`));
}

/** Undefined where none stands out, or Markdown could not tell it apart. */
function emphasized({ passage: { content }, range, best }: QuotedStretch): string | undefined {
  if (best === undefined || isTableRow(content.slice(range.start, range.end))) return undefined;
  if (best.start === range.start && best.end === range.end) return undefined;
  // The mark of an item is none of its words.
  const start = best.start + (opensItem.exec(content.slice(best.start, best.end))?.[0].length ?? 0);
  const sentence = content.slice(start, best.end);
  // Bold does not end between a full stop and a letter: where no space follows, as in Chinese, it ends before the full stop.
  const isFollowedClosely = /^\S/.test(content.slice(best.end, range.end));
  const inBold = isFollowedClosely ? withoutStop(sentence) : sentence;
  const [before, behind] = [content.slice(range.start, start), content.slice(start + inBold.length, range.end)];
  const left = sayQuote(before) + (/\s$/.test(before) ? ' ' : '');
  const right = (/^\s/.test(behind) ? ' ' : '') + sayQuote(behind);
  const said = sayQuote(inBold);
  // As CommonMark has it: beside a sign within, there is to be a space, a sign or nothing without.
  const opens = /^$|[\s\p{P}\p{S}]$/u.test(left) || !/^[\p{P}\p{S}]/u.test(said);
  const closes = /^$|^[\s\p{P}\p{S}]/u.test(right) || !/[\p{P}\p{S}]$/u.test(said);
  return opens && closes ? `${left}**${said}**${right}`.trim() : undefined;
}

const withoutStop = (sentence: string) => sentence.replace(/[.。．!！?？…]+$/u, '');
