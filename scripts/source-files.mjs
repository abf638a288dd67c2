import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const skippedFolders = new Set([
  'node_modules',
  'dist',
  '.git',
  '.turbo',
  '.toolchain',
  '.data',
  'coverage',
  'test-results',
]);

/**
 * A source file as the checks see it.
 *
 * @typedef {object} SourceFile
 * @property {string} path from the root, with `/`
 * @property {string} code its text with comments blanked out, so that line numbers still hold
 * @property {number} lineCount
 * @property {boolean} isTest test code may look behind the doors
 * @property {{ specifier: string, isType: boolean, line: number }[]} imports
 */

/** Every file the repository tracks or would track; in a checkout without git, every file outside build folders. @param {string} root @returns {string[]} */
export function listProjectFiles(root) {
  if (existsSync(join(root, '.git'))) {
    const args = ['ls-files', '--cached', '--others', '--exclude-standard', '-z'];
    const { status, stdout } = spawnSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
    if (status === 0) return stdout.split('\0').filter((path) => path !== '' && existsSync(join(root, path)));
  }
  return walk(root, '');
}

/** @param {string} root @param {string} folder @returns {string[]} */
function walk(root, folder) {
  return readdirSync(join(root, folder)).flatMap((name) => {
    if (skippedFolders.has(name)) return [];
    const path = folder ? `${folder}/${name}` : name;
    return statSync(join(root, path)).isDirectory() ? walk(root, path) : [path];
  });
}

/** @param {string} root @returns {SourceFile[]} */
export function readSourceFiles(root) {
  return listProjectFiles(root)
    .filter((path) => /\.(ts|tsx|mts|mjs)$/.test(path) && !path.includes('/fixtures/'))
    .map((path) => readSourceFile(path, readFileSync(join(root, path), 'utf8')));
}

/** @param {string} path @param {string} text @returns {SourceFile} */
export function readSourceFile(path, text) {
  const code = blankComments(text);
  const isTest = /\.(test|spec)\.(ts|tsx|mjs)$|\/testing\/|^packages\/testing\/|^bench\/|^e2e\//.test(path);
  return { path, code, lineCount: text.trimEnd().split('\n').length, isTest, imports: findImports(code) };
}

/** @param {string} text */
function blankComments(text) {
  const pattern = /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|\/\*[\s\S]*?\*\/|(?<![:\\])\/\/[^\n]*/g;
  return text.replace(pattern, (match) => (match.startsWith('/') ? match.replace(/[^\n]/g, ' ') : match));
}

/** @param {string} code */
function findImports(code) {
  const statement = /^[ \t]*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"\n]+)['"]/gm;
  const call = /\bimport\(\s*['"]([^'"\n]+)['"]\s*\)/g;
  const lineOf = (/** @type {number} */ index) => code.slice(0, index).split('\n').length;
  return [
    ...Array.from(code.matchAll(statement), (match) => ({
      specifier: match[2] ?? '',
      isType: match[1] !== undefined,
      line: lineOf(match.index),
    })),
    ...Array.from(code.matchAll(call), (match) => ({
      specifier: match[1] ?? '',
      isType: false,
      line: lineOf(match.index),
    })),
  ];
}
