import { expect, test } from 'vitest';
import { listNeighbouringWords, shareSaidTogether } from './neighbouring-words.ts';

test('words beside each other are told from the same words apart, whatever their case and the marks between', () => {
  const asked = listNeighbouringWords('Who built the tide clock of Port Selwyn?');
  expect([...asked]).toEqual([
    'who built',
    'built the',
    'the tide',
    'tide clock',
    'clock of',
    'of port',
    'port selwyn',
  ]);
  expect(shareSaidTogether(asked, 'THE TIDE-CLOCK of Port Selwyn was built by Ada Quill.')).toBeCloseTo(5 / 7);
  expect(shareSaidTogether(asked, 'The clock in the port of Selwyn tells the time of the tide.')).toBeCloseTo(1 / 7);
});

test('short words beside each other tell nothing, nor does a question of one word, or a script without spaces', () => {
  expect(listNeighbouringWords('of the, did he').size).toBe(0);
  expect(shareSaidTogether(listNeighbouringWords('Wax?'), 'Wax is wax.')).toBe(0);
  expect(shareSaidTogether(listNeighbouringWords('时钟在哪里？'), '时钟在港口。')).toBe(0);
});
