import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

const root = join(import.meta.dirname, '../../..');
/** What finds, answers and measures. */
const folders = [
  'packages/core/src',
  'packages/db/src',
  'packages/eval/src',
  'apps/server/src/adapters',
  'apps/server/src/cli',
];
/** The exact versions of what all of it stands on. */
const lockfile = 'pnpm-lock.yaml';

/**
 * A digest of the code that numbers of an evaluation depend on: the sources, which run as they are, without their tests; the
 * dependencies; and the ICU that cuts texts into words. Read once, as a process starts: an update replaces files under one that runs.
 */
export function digestCode(from = root): string {
  const hash = createHash('sha256').update(process.versions.icu ?? '');
  const paths = [
    lockfile,
    ...folders.flatMap((folder) => listSources(join(from, folder)).map((name) => `${folder}/${name}`)),
  ];
  for (const path of paths) {
    const content = readFileSync(join(from, path));
    // The length ends the name's and the content's share, so that no two trees feed the same bytes.
    hash.update(`${path}\0${content.byteLength}\0`).update(content);
  }
  return hash.digest('hex').slice(0, 16);
}

function listSources(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/'));
  return names.filter((name) => /(?<!\.test)\.ts$/.test(name) && !/(?:^|\/)testing\//.test(name)).toSorted();
}
