import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { listProjectFiles } from './source-files.mjs';

/** What must not be in any file: it would tie the project to one machine or one network. @type {[RegExp, string][]} */
const traces = [
  [/registry[.](npmjs|yarnpkg|npmmirror)[.](org|com)|npm[.]pkg[.]github[.]com/, 'names a package registry'],
  [/^\s*(resolution|tarball|resolved)\b.*https?:/, 'pins a package to the address it came from'],
  [/(?<![\w./-])\/(root|work|home\/\w+|Users\/\w+)\//, 'names a folder of one machine'],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----|\bsk-[A-Za-z0-9]{32,}\b|\bghp_[A-Za-z0-9]{30,}\b/, 'holds a secret'],
];

/**
 * Finds traces of a registry, a machine or a secret in the project's text files, the lockfile included. The registry in
 * use here counts too, whatever its name.
 *
 * @param {string} root
 * @param {{ registry?: string | undefined }} [options] address of the registry in use
 * @returns {{ fileCount: number, findings: string[] }} each finding as `path:line what`
 */
export function checkTrackedFiles(root, { registry } = {}) {
  const host = registry ? new URL(registry).host : undefined;
  const files = listProjectFiles(root);
  const findings = files.flatMap((path) => {
    const bytes = readFileSync(join(root, path));
    if (bytes.includes(0)) return [];
    return bytes
      .toString('utf8')
      .split('\n')
      .flatMap((line, index) => {
        const found = traces.filter(([pattern]) => pattern.test(line)).map(([, what]) => what);
        if (host && line.includes(host)) found.push('names the package registry in use here');
        return found.map((what) => `${path}:${index + 1} ${what}`);
      });
  });
  return { fileCount: files.length, findings };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
  const { fileCount, findings } = checkTrackedFiles(root, { registry: process.env['npm_config_registry'] });
  for (const finding of findings) console.error(finding);
  console.log(findings.length === 0 ? `${fileCount} files hold no trace of a machine` : `${findings.length} findings`);
  process.exitCode = findings.length === 0 ? 0 : 1;
}
