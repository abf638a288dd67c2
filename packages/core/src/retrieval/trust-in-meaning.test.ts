import { expect, test } from 'vitest';
import { createBuiltinEmbedder } from './builtin-embedder.ts';
import { trustInMeaning } from './trust-in-meaning.ts';

test.each([
  ['English', 'Where do bees dance to tell the others of food?', 1],
  ['English with a rare name', 'When was the Zwickhofer bridge over the river built?', 1],
  ['German', 'Wohin zeigt der Schwänzeltanz der Bienen?', 0],
  ['Russian', 'Куда указывает танец пчёл?', 0],
  ['Arabic', 'إلى ماذا تشير رقصة النحل؟', 0],
  ['Chinese', '蜜蜂的舞蹈指向什么？', 0],
  ['Korean', '꿀벌의 춤은 무엇을 가리키는가?', 0],
  ['nothing', '…', 0],
])('the built-in model is trusted as far as it knows the words: %s', async (_, question, trust) => {
  expect(await trustInMeaning(createBuiltinEmbedder(), question)).toBeCloseTo(trust, 0);
});

test('a model that says nothing of its languages is trusted', async () => {
  expect(await trustInMeaning({}, 'Куда?')).toBe(1);
});
