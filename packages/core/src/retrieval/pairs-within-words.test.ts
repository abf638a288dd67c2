import { expect, test } from 'vitest';
import { listPairsWithinWords, straddlesWords } from './pairs-within-words.ts';

test.each([
  ['用来衡量飓风强度的尺度叫什么?', ['飓风', '强度', '尺度', '什么'], ['风强', '度的', '的尺', '度叫']],
  ['誰夺回了漏失的球', ['漏失'], ['了漏', '失的', '的球']],
])('of “%s” pairs are told apart that two words share', (question, within, between) => {
  const pairs = listPairsWithinWords([question]);
  expect(within.filter((pair) => straddlesWords(pair, pairs))).toEqual([]);
  expect(between.filter((pair) => !straddlesWords(pair, pairs))).toEqual([]);
});

test('nothing but two Chinese characters is told apart', () => {
  const pairs = listPairsWithinWords(['is it 서울의 인구 花の場所 ใครกำหนด']);
  for (const word of ['is', 'it', '서울', '울의', '花の', 'の場', 'รก', '茶'])
    expect(straddlesWords(word, pairs)).toBe(false);
});
