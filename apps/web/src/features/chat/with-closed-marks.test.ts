import { expect, test } from 'vitest';
import { withClosedMarks } from './with-closed-marks.ts';

test.each([
  { written: '|', shown: '' },
  { written: '| Dial', shown: '| Dial\n| - |' },
  { written: '| Dial | Fol', shown: '| Dial | Fol\n| - | - |' },
  { written: '| Dial | a \\| b |', shown: '| Dial | a \\| b |\n| - | - |' },
  { written: '| Dial | Follows |\n|--', shown: '| Dial | Follows |\n| - | - |' },
  { written: '| Dial | Follows |\n|---|---|\n| 1', shown: '| Dial | Follows |\n|---|---|\n| 1' },
  { written: 'A clock | a dial', shown: 'A clock | a dial' },
  { written: '', shown: '' },
  { written: '- wrong by **forty mi', shown: '- wrong by **forty mi**' },
  { written: '- wrong by **forty ', shown: '- wrong by **forty**' },
  { written: '- wrong by **', shown: '- wrong by ' },
  { written: '**One** and **two**', shown: '**One** and **two**' },
  { written: 'Call `tide(', shown: 'Call `tide(`' },
  { written: '**Call `tide(', shown: '**Call `tide(`**' },
  { written: 'Call `a ** b` now', shown: 'Call `a ** b` now' },
  { written: '```python\ndef tide(h):\n    return `', shown: '```python\ndef tide(h):\n    return `' },
])('$written', ({ written, shown }) => {
  expect(withClosedMarks(written)).toBe(shown);
});
