import { expect, test } from 'vitest';
import { outlineOf, readBytes } from '../../testing/read-fixture.ts';

test('what is ticked off in a task list is told', async () => {
  const parsed = await readBytes('tasks.md', '- [x] Mend the gate\n- [ ] Paint it\n- Ordinary\n');
  expect(outlineOf(parsed)).toEqual(['list-item: [x] Mend the gate', 'list-item: [ ] Paint it', 'list-item: Ordinary']);
});
