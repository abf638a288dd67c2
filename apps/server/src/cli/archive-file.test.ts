import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { constants, readSync } from 'node:fs';
import { mkdtemp, open, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { insertBlob } from '@twin/db/queries/blobs';
import { LOCAL_TWIN_ID, mintTwinScope } from '@twin/db/scope';
import { expect, test } from 'vitest';
import { createTestHome } from '../testing/create-test-home.ts';
import { runCli } from '../testing/run-cli.ts';

const scope = mintTwinScope(LOCAL_TWIN_ID);

test.each(['SIGINT', 'SIGTERM'] as const)(
  'a backup that %s ends leaves no file behind',
  async (signal) => {
    const folder = await mkdtemp(join(tmpdir(), 'twin-interrupted-'));
    const home = await createTestHome({ isMigrated: true });
    await home.look(async ({ db }) => {
      await insertBlob(db, scope, randomBytes(2 ** 20));
    });
    // A pipe that nobody empties holds the backup up in its middle.
    const unfinished = join(folder, 'twin.gz.unfinished');
    execFileSync('mkfifo', [unfinished]);
    const pipe = await open(unfinished, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const run = runCli(['backup', join(folder, 'twin.gz')], home.variables);
      const hasBegun = () => {
        try {
          return readSync(pipe.fd, Buffer.alloc(1)) === 1;
        } catch {
          return false;
        }
      };
      await expect.poll(hasBegun, { timeout: 30_000 }).toBe(true);
      run.process.kill(signal);
      const { stderr } = await run.ended;
      expect(run.process.signalCode).toBe(signal);
      expect(stderr).toContain('Interrupted: no backup was made.');
      expect(await readdir(folder)).toEqual([]);
    } finally {
      await pipe.close();
      await home.remove();
      await rm(folder, { recursive: true, force: true });
    }
  },
  60_000,
);
