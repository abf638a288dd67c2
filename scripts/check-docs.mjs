import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { listProjectFiles } from './source-files.mjs';

/**
 * Checks what the documents claim against the code: every setting of the server is in the README's table and in
 * .env.example and nothing else is, the container is given all of them, every path or link they name exists, and the Dockerfile copies every manifest.
 *
 * @param {string} root
 * @returns {{ documentCount: number, settingCount: number, findings: string[] }}
 */
export function checkDocs(root) {
  const read = (/** @type {string} */ path) => readFileSync(join(root, path), 'utf8');
  const files = listProjectFiles(root);
  const documents = files.filter((path) => path.endsWith('.md'));
  const settings = settingsOf(read('apps/server/src/env.ts'));
  const findings = [
    ...compare(settings, namesIn(read('README.md'), /^\| `([A-Z][A-Z_]+)`/gm), "README.md's table"),
    ...compare(settings, namesIn(read('.env.example'), /^#? ?([A-Z][A-Z_]+)=/gm), '.env.example'),
    ...findWithheldSettings(settings, existsSync(join(root, 'compose.yaml')) ? read('compose.yaml') : ''),
    ...documents.flatMap((path) => findDeadPaths(root, path, read(path))),
    ...findMissingManifests(files, existsSync(join(root, 'Dockerfile')) ? read('Dockerfile') : ''),
  ];
  return { documentCount: documents.length, settingCount: settings.length, findings };
}

/** @param {string} source */
function settingsOf(source) {
  const block = /const variables = z\.object\(\{\n([\s\S]*?)\n\}\);/.exec(source)?.[1] ?? '';
  return namesIn(block, /^ {2}([A-Z][A-Z_]+):/gm);
}

/** @param {string} text @param {RegExp} pattern */
function namesIn(text, pattern) {
  return Array.from(text.matchAll(pattern), (match) => match[1] ?? '');
}

/** @param {string[]} settings @param {string[]} documented @param {string} where */
function compare(settings, documented, where) {
  return [
    ...settings.filter((name) => !documented.includes(name)).map((name) => `${where} lacks ${name}`),
    ...documented
      .filter((name) => !settings.includes(name))
      .map((name) => `${where} names ${name}, which env.ts does not read`),
  ];
}

/**
 * What stands in `.env` reaches the container only where compose.yaml names it. The image sets the port and the folder.
 * @param {string[]} settings @param {string} compose
 */
function findWithheldSettings(settings, compose) {
  if (compose === '') return [];
  const given = ['PORT', 'DATA_DIR', ...namesIn(compose, /^ {6}([A-Z][A-Z_]+):/gm)];
  return settings.filter((name) => !given.includes(name)).map((name) => `compose.yaml does not pass ${name} on`);
}

/** @param {string} root @param {string} path @param {string} text */
function findDeadPaths(root, path, text) {
  const named = [
    // Paths from the root in code spans; those with a placeholder are patterns, not paths.
    ...namesIn(text, /`((?:apps|packages|scripts|e2e|docs|\.ci)\/[^`\s<>*{}…:]+)`/g),
    ...namesIn(text, /(?:\]\(|\bsrc(?:set)?=")(?!https?:|#|mailto:)([^)"#\s]+)/g).map((name) =>
      join(dirname(path), name),
    ),
  ];
  return named
    .filter((name) => !existsSync(join(root, name)))
    .map((name) => `${path} names ${name}, which does not exist`);
}

/**
 * The image installs by the lockfile, which fails where a workspace package's manifest is missing.
 * @param {string[]} files @param {string} dockerfile
 */
function findMissingManifests(files, dockerfile) {
  if (dockerfile === '') return [];
  return files
    .filter((path) => /^(?:(?:apps|packages)\/[^/]+|bench|e2e)\/package\.json$/.test(path))
    .filter((path) => !dockerfile.includes(`COPY ${path} `))
    .map((path) => `Dockerfile does not copy ${path}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
  const { documentCount, settingCount, findings } = checkDocs(root);
  for (const finding of findings) console.error(finding);
  const ok = `${settingCount} settings and ${documentCount} documents agree with the code`;
  console.log(findings.length === 0 ? ok : `${findings.length} findings`);
  process.exitCode = findings.length === 0 ? 0 : 1;
}
