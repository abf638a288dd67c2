import { expect, test } from 'vitest';
import { supports } from './supports.ts';

test.each([
  ['Drones have no sting.', 'Drones are without a sting'],
  ['A strong hive holds about 40,000 bees in summer.', 'A hive holds 40.000 bees'],
  ['They live for about eight weeks and are driven out in autumn.', 'In autumn they are driven out'],
  ['Opened software cannot be returned, unless it is broken.', 'Software that was opened can not be returned'],
  ['The fee, which is not refunded, is 40 € a month.', 'The monthly fee is 40 €'],
  ['Der Honig wird im Mai geerntet.', 'Im Mai wird der Honig geerntet'],
  ['It weighs 3,5 kg in all.', 'It weighs 3.5 kg'],
  ['打开的软件不可以退货。', '打开的软件不可以退货'],
  ['这种蜂蜜非常甜，产于五月。', '这种蜂蜜产于五月'],
  ['開封後の商品は返品できません。', '開封後の商品は返品できません'],
  ['会員は毎月料金を払わなければならない。', '会員は毎月料金を払う'],
  ['สินค้าที่เปิดแล้วไม่สามารถคืนได้', 'สินค้าที่เปิดแล้วไม่สามารถคืนได้'],
])('%s supports: %s', (sentence, claim) => {
  expect(supports(sentence, claim)).toBe(true);
});

test.each([
  ['Drones have no sting.', 'Drones have a sting', 'denied'],
  ['Drones have a sting.', 'Drones do not have a sting', 'affirmed'],
  ['Opened software cannot be returned.', 'Opened software can be returned', 'denied'],
  ['Drones live for about eight weeks.', 'Drones were bred by monks in the mountains of Tibet', 'one word shared'],
  ['A hive holds about 40,000 bees.', 'A hive holds about 50,000 bees', 'another number'],
  ['Die Drohnen haben keinen Stachel.', 'Drones have no sting', 'another language'],
  ['Bees dance.', '…', 'nothing claimed'],
  ['It weighs 3.5 kg.', 'It weighs 35 kg', 'another number'],
  ['The train leaves at 14:30.', 'The train leaves at 1430', 'another number'],
  ['The fee is not 40.50 €.', 'The fee is 40.50 €', 'denied'],
  ['打开的软件不可以退货。', '打开的软件可以退货', 'denied'],
  ['打开的软件可以退货。', '打开的软件没有退货', 'affirmed'],
  ['開封後の商品は返品できません。', '開封後の商品は返品できます', 'denied'],
  ['この部屋には窓がない。', 'この部屋には窓がある', 'denied'],
  ['สินค้าที่เปิดแล้วไม่สามารถคืนได้', 'สินค้าที่เปิดแล้วสามารถคืนได้', 'denied'],
])('%s does not support: %s (%s)', (sentence, claim) => {
  expect(supports(sentence, claim)).toBe(false);
});
