import { expect, test } from 'vitest';
import { describeDurations } from './describe-durations.mjs';

test('each part and the whole have their time', () => {
  const parts = [
    { name: 'Format', seconds: 3.4 },
    { name: 'Tests', seconds: 322 },
    { name: 'Browser', seconds: 59.7 },
  ];
  expect(describeDurations(parts)).toEqual([
    'How long it took:',
    '  Format          3 s',
    '  Tests    5 min 22 s',
    '  Browser  1 min 00 s',
    '  All      6 min 25 s',
  ]);
});
