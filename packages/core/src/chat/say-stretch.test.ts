import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { expect, test } from 'vitest';
import type { Passage } from '../retrieval/passage.ts';
import { isInBold, sayStretch } from './say-stretch.ts';

/** The whole content quoted, with what is in brackets as the best of it. */
function say(marked: string): string {
  const start = marked.indexOf('⟦');
  const end = marked.indexOf('⟧') - 1;
  const content = marked.replaceAll(/[⟦⟧]/g, '');
  return sayStretch({
    passage: { content } as Passage,
    range: { start: 0, end: content.length },
    best: { start, end },
  });
}

const textOf = (node: Nodes): string =>
  'children' in node ? node.children.map(textOf).join('') : 'value' in node ? node.value : '';
const boldIn = (node: Nodes): string[] =>
  node.type === 'strong' ? [textOf(node)] : 'children' in node ? node.children.flatMap(boldIn) : [];

test.each([
  ['It sailed. ⟦It sank in May.⟧ Nobody drowned.', 'It sank in May.'],
  ['It sailed. ⟦“It sank!”⟧\nNobody drowned.', '“It sank!”'],
  ['⟦[1] is the oldest.⟧ It sank.', '[1] is the oldest.'],
  ['它出海了。⟦它在五月沉没。⟧没有人遇难。', '它在五月沉没'],
  ['⟦它在五月沉没！⟧没有人遇难。', '它在五月沉没'],
  ['它出海了。⟦它在五月沉没。⟧', '它在五月沉没。'],
  ['它出海了。⟦「海鸥号」在五月沉没（1912年）。⟧没有人遇难。', '「海鸥号」在五月沉没（1912年）'],
  ['它出海了。⟦花了100%。⟧没有人遇难。', '花了100%'],
  ['它出海了。⟦水温30℃。⟧没有人遇难。', '水温30℃'],
  ['เรือออกทะเล ⟦เรือจมในเดือนพฤษภาคม⟧ ไม่มีผู้เสียชีวิต', 'เรือจมในเดือนพฤษภาคม'],
  ['It sailed.⟦It sank.⟧It was raised.', 'It sank'],
])('of “%s” what answers is in bold, and nothing is lost', (marked, bold) => {
  const shown = fromMarkdown(say(marked));
  expect(boldIn(shown)).toEqual([bold]);
  expect(textOf(shown)).toBe(marked.replaceAll(/[⟦⟧]/g, '').replaceAll(/\s+/g, ' '));
});

test.each(['sailed⟦«It sank.»⟧ then', '它出海了。⟦“它沉没。”⟧没有人遇难。', '⟦It sank.⟧'])(
  'of “%s” nothing is in bold',
  (marked) => {
    const shown = fromMarkdown(say(marked));
    expect(boldIn(shown)).toEqual([]);
    expect(textOf(shown)).toBe(marked.replaceAll(/[⟦⟧]/g, ''));
  },
);

test.each([
  ['It sank. **It sank in May.**', ['It sank.', 'It sank in May.'], 1],
  ['Why? **Why it sank nobody knows.**', ['Why?', 'Why it sank nobody knows.'], 1],
  ['... **It sank in May.**', ['...', 'It sank in May.'], 1],
  ['是的。**是的船沉没了**。没有人。', ['是的。', '是的船沉没了。', '没有人。'], 1],
  ['1. **It sank.**', ['1. It sank.'], 0],
  ['It sank.', ['It sank.'], -1],
])('of “%s” the sentence in bold is found', (answer, sentences, at) => {
  expect(sentences.findIndex((sentence) => isInBold(answer, sentence))).toBe(at);
});
