import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { expect, test } from 'vitest';
import type { Passage } from '../retrieval/passage.ts';
import { sayStretch } from './say-stretch.ts';

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
  ['它出海了。⟦「海鸥号」在五月沉没。」⟧没有人遇难。', '「海鸥号」在五月沉没'],
  ['เรือออกทะเล ⟦เรือจมในเดือนพฤษภาคม⟧ ไม่มีผู้เสียชีวิต', 'เรือจมในเดือนพฤษภาคม'],
  ['It sailed.⟦It sank.⟧It was raised.', 'It sank'],
])('of “%s” what answers is in bold, and nothing is lost', (marked, bold) => {
  const shown = fromMarkdown(say(marked));
  expect(boldIn(shown)).toEqual([bold]);
  expect(textOf(shown)).toBe(marked.replaceAll(/[⟦⟧]/g, '').replaceAll(/\s+/g, ' '));
});

test.each(['sailed⟦«It sank.»⟧ then', '⟦It sank.⟧'])('of “%s” nothing is in bold', (marked) => {
  const shown = fromMarkdown(say(marked));
  expect(boldIn(shown)).toEqual([]);
  expect(textOf(shown)).toBe(marked.replaceAll(/[⟦⟧]/g, ''));
});
