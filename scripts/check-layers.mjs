import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { layerRules, ownerOf } from './layer-rules.mjs';
import { readSourceFiles } from './source-files.mjs';

/**
 * Checks the architecture: who imports whom, what lives where, how files are named.
 *
 * @param {string} root
 * @returns {{ fileCount: number, findings: string[] }} each finding as `path:line message`
 */
export function checkLayers(root) {
  const files = readSourceFiles(root);
  const findings = files.flatMap((file) =>
    layerRules.flatMap((rule) => rule(file).map(({ line, message }) => `${file.path}:${line} ${message}`)),
  );
  return { fileCount: files.length, findings: [...new Set([...findings, ...findCycles(files)])].toSorted() };
}

/** Packages that reach themselves through one another, tests included: they could not be understood apart. @param {import('./source-files.mjs').SourceFile[]} files */
function findCycles(files) {
  /** @type {Map<string, Set<string>>} */
  const edges = new Map();
  for (const file of files) {
    const from = ownerOf(file.path)?.split('/').at(-1);
    if (!from || file.isTest) continue;
    for (const { specifier } of file.imports) {
      const to = /^@twin\/([^/]+)/.exec(specifier)?.[1];
      if (to && to !== from) edges.set(from, (edges.get(from) ?? new Set()).add(to));
    }
  }
  /** @param {string} from @param {string} to @param {Set<string>} seen @returns {boolean} */
  const reaches = (from, to, seen) =>
    [...(edges.get(from) ?? [])].some((next) => next === to || (!seen.has(next) && reaches(next, to, seen.add(next))));
  return [...edges.keys()]
    .filter((name) => reaches(name, name, new Set()))
    .map(
      (name) =>
        `@twin/${name} reaches itself through the packages it imports. Move what both sides need to the lower one.`,
    );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
  const { fileCount, findings } = checkLayers(root);
  for (const finding of findings) console.error(finding);
  console.log(
    findings.length === 0
      ? `${fileCount} files keep to the layers`
      : `${findings.length} findings in ${fileCount} files`,
  );
  process.exitCode = findings.length === 0 ? 0 : 1;
}
