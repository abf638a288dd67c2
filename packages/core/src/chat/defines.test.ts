import { expect, test } from 'vitest';
import { askedToDefine, defines } from './defines.ts';

test.each([
  ['What is AutoGen?', 'AutoGen'],
  ['What is a tide clock?', 'tide clock'],
  ['Who was Ada Quill?', 'Ada Quill'],
  ['What does MRSA mean?', 'MRSA'],
  ['What is the price of the steel tube?', undefined],
  ['What is paid for meals?', undefined],
  ['What is the large hand of the dial made of?', undefined],
  ['When was it started?', undefined],
])('%s asks to define %s', (question, name) => {
  expect(askedToDefine(question)).toBe(name);
});

test.each([
  ['AutoGen', 'AutoGen is an open-source framework for agents.', true],
  ['tide clock', 'The tide clock is a machine that shows the tide.', true],
  ['Ada Quill', 'Ada Quill (1931–2009) was a clockmaker.', true],
  ['MRSA', 'MRSA stands for a bacterium that resists.', true],
  ['tide clock', 'The tide clock adds nine of them.', false],
  ['AutoGen', 'AutoGen can help with model selection.', false],
])('%s: %s – %s', (name, sentence, does) => {
  expect(defines(name, sentence)).toBe(does);
});
