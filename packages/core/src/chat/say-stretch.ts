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

/** Undefined where none stands out, or Markdown could not tell it apart. */
function emphasized({ passage: { content }, range, best }: QuotedStretch): string | undefined {
  if (best === undefined || isTableRow(content.slice(range.start, range.end))) return undefined;
  if (best.start === range.start && best.end === range.end) return undefined;
  // The mark of an item is none of its words.
  const start = best.start + (opensItem.exec(content.slice(best.start, best.end))?.[0].length ?? 0);
  const isFollowedClosely = /^\S/.test(content.slice(best.end, range.end));
  // Bold does not end between a full stop and a letter: in Chinese, where no space follows, it ends before the full stop.
  const said = isFollowedClosely
    ? content.slice(start, best.end).replace(/\p{P}+$/u, '')
    : content.slice(start, best.end);
  const end = start + said.length;
  const before = content.slice(range.start, start);
  const opens = /[\s\p{P}]$/u.test(before) || before === '' || /^[\p{L}\p{N}]/u.test(said);
  const closes = !isFollowedClosely || /[\p{L}\p{N}]$/u.test(said);
  if (!opens || !closes) return undefined;
  const behind = content.slice(end, range.end);
  const parts = [
    sayQuote(before),
    gapIn(/\s$/, before),
    `**${sayQuote(said)}**`,
    gapIn(/^\s/, behind),
    sayQuote(behind),
  ];
  return parts.join('').trim();
}

const gapIn = (pattern: RegExp, text: string) => (pattern.test(text) ? ' ' : '');
