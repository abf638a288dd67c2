import { expect, test } from 'vitest';
import { outlineOf, readBytes, readFixture } from '../../testing/read-fixture.ts';

test('each definition is a block of its own, whole, in its language', async () => {
  const parsed = await readFixture('pump.py');
  expect(parsed.mediaType).toBe('text/x-python');
  expect(outlineOf(parsed)).toEqual([
    'code: import valves',
    'code: def start():\n    valves.open()\n\n    return 1',
    'code: def stop():\n    valves.close()',
  ]);
});

test('a script without an extension is known by its first line', async () => {
  expect((await readBytes('deploy', '#!/usr/bin/env bash\necho hi\n')).mediaType).toBe('text/x-shell');
  expect((await readBytes('Makefile', 'all:\n\techo hi\n')).mediaType).toBe('text/x-makefile');
});
