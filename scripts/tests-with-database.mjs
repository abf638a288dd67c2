import { posix } from 'node:path';
import { readSourceFiles } from './source-files.mjs';

/** What is imported and never reads a setting: data, and what makes the files that tests read. */
const isElsewhere = /\/fixtures\/|\.(?:json|css|wasm)(?:\?\w+)?$/;

/** @typedef {import('./source-files.mjs').SourceFile} SourceFile */

/**
 * The test files that use a database server where one is given: they, or something they import, read its address. The others would repeat on
 * a server what the embedded run has shown.
 *
 * @param {string} root
 * @returns {string[]} paths from the root
 */
export function listTestsWithDatabase(root) {
  return testsReading(readSourceFiles(root), 'TEST_DATABASE_URL');
}

/**
 * @param {readonly Pick<SourceFile, 'path' | 'code' | 'imports'>[]} files
 * @param {string} setting
 */
export function testsReading(files, setting) {
  const byPath = new Map(files.map((file) => [file.path, file]));
  /** @param {string} from @param {string} specifier */
  const resolve = (from, specifier) => {
    const [, name, rest] = /^@twin\/([^/]+)\/(.+)$/.exec(specifier) ?? [];
    const path = name === undefined ? posix.join(posix.dirname(from), specifier) : `packages/${name}/src/${rest}`;
    const found = [path, `${path}.ts`, `${path}.tsx`].find((each) => byPath.has(each));
    const isOurs = name !== undefined || specifier.startsWith('.');
    if (found === undefined && isOurs && !isElsewhere.test(path)) {
      throw new Error(`${from} imports ${specifier}, which is no source file here.`);
    }
    return found;
  };
  /** @param {string} path @param {Set<string>} seen @returns {boolean} */
  const reads = (path, seen = new Set()) => {
    const file = byPath.get(path);
    if (file === undefined || seen.has(path)) return false;
    seen.add(path);
    if (file.code.includes(setting)) return true;
    return file.imports.some(({ specifier, isType }) => {
      const next = isType ? undefined : resolve(path, specifier);
      return next !== undefined && reads(next, seen);
    });
  };
  return files
    .map(({ path }) => path)
    .filter((path) => /^(?:apps|packages)\/.*\.test\.tsx?$/.test(path) && reads(path))
    .toSorted();
}
