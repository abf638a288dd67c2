import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Puts a program at `path` that does what `script` (for sh) says.
 *
 * @param {string} path
 * @param {string} script
 */
export function writeFakeProgram(path, script) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
}
