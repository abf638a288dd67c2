import { expect, test } from 'vitest';
import { isShapingWord } from './shaping-words.ts';

test.each(['mani', 'wann', 'скольк', 'متي', 'कौन', 'hangi', 'です', 'は何', '誰が', '什么', '哪里', '누구'])(
  '%s shapes a question',
  (lexeme) => {
    expect(isShapingWord(lexeme)).toBe(true);
  },
);

test.each(['bee', 'biene', 'пчел', '蜜蜂', '図書', 'の国', '꿀벌', 'cat', 'ai'])(
  '%s is what one is about',
  (lexeme) => {
    expect(isShapingWord(lexeme)).toBe(false);
  },
);
