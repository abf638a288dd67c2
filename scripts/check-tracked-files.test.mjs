import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkTrackedFiles } from './check-tracked-files.mjs';

/** @type {string} */
let root;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tracked-'));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

// Written in two parts, so that this file passes the check it tests.
const join2 = (/** @type {string[]} */ ...parts) => parts.join('');

it.each([
  ['a public registry', join2('https://registry.', 'npmjs.org/x'), 'names a package registry'],
  [
    'a tarball address in the lockfile',
    join2('    resolution: {tarball: http', '://x/y.tgz}'),
    'the address it came from',
  ],
  ['a home folder', join2('see /ho', 'me/ann/twin'), 'a folder of one machine'],
  ['a private key', join2('-----BEGIN RSA PRI', 'VATE KEY-----'), 'a secret'],
])('reports %s', (_what, line, expected) => {
  writeFileSync(join(root, 'pnpm-lock.yaml'), `a\n${line}\n`);
  const { findings } = checkTrackedFiles(root);
  expect(findings.join()).toContain(`pnpm-lock.yaml:2`);
  expect(findings.join()).toContain(expected);
});

it('reports the registry in use here, whatever its name', () => {
  writeFileSync(join(root, 'a.md'), 'from packages.example.test/npm\n');
  const options = { registry: 'https://packages.example.test/npm/' };
  expect(checkTrackedFiles(root, options).findings).toEqual(['a.md:1 names the package registry in use here']);
  expect(checkTrackedFiles(root).findings).toEqual([]);
});

it('reads no binary files', () => {
  writeFileSync(join(root, 'a.bin'), Buffer.from(join2('\0/ro', 'ot/x')));
  expect(checkTrackedFiles(root).findings).toEqual([]);
});
