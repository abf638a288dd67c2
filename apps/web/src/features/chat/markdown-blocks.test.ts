import { expect, it } from 'vitest';
import { markdownBlocks } from './markdown-blocks.ts';

it.each([
  ['one\n\ntwo', ['one', 'two']],
  ['one\nstill one\n\n\ntwo\n', ['one\nstill one', 'two']],
  ['```\na\n\nb\n```\n\nafter', ['```\na\n\nb\n```', 'after']],
  ['```\nunclosed\n\nstill code', ['```\nunclosed\n\nstill code']],
  ['1. a\n\n2. b\n\nafter', ['1. a\n\n2. b', 'after']],
  ['- a\n\n  under a\n\n- b', ['- a\n\n  under a\n\n- b']],
  ['', []],
])('cuts %j', (text, blocks) => {
  expect(markdownBlocks(text)).toEqual(blocks);
});

it('keeps settled blocks as they were while text arrives', () => {
  const text = 'First paragraph.\n\n- a\n- b\n\nLast paragraph that goes on';
  const settled = markdownBlocks(text.slice(0, 40)).slice(0, -1);
  expect(markdownBlocks(text).slice(0, settled.length)).toEqual(settled);
});
