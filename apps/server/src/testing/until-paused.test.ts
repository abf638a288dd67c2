import { expect, test } from 'vitest';
import { createTestHome } from './create-test-home.ts';
import { untilPaused } from './until-paused.ts';

test('a wait for a pause that does not come ends, and names the points', async () => {
  const home = await createTestHome({ isMigrated: true });
  try {
    const waiting = untilPaused(home, ['chunking', 'publishing'], { waitMsMax: 50 });
    await expect(waiting).rejects.toThrow('none of these points in 0.05 s: chunking, publishing');
    const aborted = untilPaused(home, ['chunking'], { signal: AbortSignal.abort() });
    await expect(aborted).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
  } finally {
    await home.remove();
  }
});
