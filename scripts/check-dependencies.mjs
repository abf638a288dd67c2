import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The first releases without a fault that matters here. Registries' own audits are not everywhere to be had, and see no copies.
 *
 * @type {Record<string, { floor: string, against: string }>}
 */
const floors = {
  'pdfjs-dist': { floor: '6.2.108', against: 'scripts in a PDF (CVE-2024-4367, CVE-2026-16633)' },
  mammoth: { floor: '1.12.2', against: 'reading of local files, polluted prototypes (CVE-2025-11849, CVE-2026-97151)' },
  kysely: { floor: '0.28.17', against: 'SQL in JSON paths and literals (CVE-2026-44635)' },
  '@trpc/server': { floor: '11.8.0', against: 'polluted prototypes (CVE-2025-68130)' },
  '@electric-sql/pglite-pgvector': { floor: '0.0.15', against: 'a pgvector before 0.8.2 (CVE-2026-3172)' },
  'better-auth': { floor: '1.6.23', against: 'API keys made for others (CVE-2025-61928)' },
  dompurify: { floor: '3.4.12', against: 'ways around it (CVE-2026-47423)' },
  'fast-xml-parser': { floor: '5.7.0', against: 'entities that expand (CVE-2026-33349)' },
  fastify: { floor: '5.12.2', against: 'ways around validation, forged addresses' },
  '@fastify/multipart': { floor: '10.1.1', against: 'temporary files that stay (CVE-2025-24033)' },
  'express-rate-limit': { floor: '8.2.2', against: 'addresses that evade it (CVE-2026-30827)' },
};

/** @type {Record<string, string>} */
const banned = {
  xlsx: 'its last release in the registry keeps CVE-2023-30533 and CVE-2024-22363',
  unpdf: 'it holds a copy of pdf.js that nothing here can see the release of',
  'pdf-parse': 'it holds copies of old releases of pdf.js',
};

/** A file of pdf.js says itself which release it is. */
const pdfFile = /^pdf(?:\.worker)?(?:\.min)?\.m?js$/;
const pdfRelease = /pdfjsVersion = (\d+\.\d+\.\d+)|\bversion = "(\d+\.\d+\.\d+)"/;

/** Not installed from here: those who run the server have to be told. */
const documented = { file: 'docs/deployment.md', releases: ['18.4', '17.10', '16.14', '15.18', 'pgvector 0.8'] };

/**
 * Holds what the lockfile names against the list, copies of pdf.js that stand in other packages, and what is told of Postgres.
 *
 * @param {string} root
 * @returns {{ count: number, findings: string[] }}
 */
export function checkDependencies(root) {
  const lockfile = readFileSync(join(root, 'pnpm-lock.yaml'), 'utf8');
  const entries = lockfile.matchAll(/^ {2}'?(@?[^@'\s]+@\d[^('\s:]*)/gm);
  const packages = [...new Set(Array.from(entries, ([, entry = '']) => entry))].map((entry) => {
    const at = entry.lastIndexOf('@');
    return { name: entry.slice(0, at), version: entry.slice(at + 1) };
  });
  const findings = packages.flatMap(({ name, version }) => {
    const { floor, against } = floors[name] ?? {};
    if (name in banned) return [`${name} ${version} must not be used: ${banned[name]}`];
    return floor !== undefined && isOlder(version, floor)
      ? [`${name} ${version} is older than ${floor}: ${against}`]
      : [];
  });
  const { floor = '' } = floors['pdfjs-dist'] ?? {};
  for (const { path, version } of copiesOfPdfJs(join(root, 'node_modules', '.pnpm'))) {
    if (isOlder(version, floor)) findings.push(`${path} is pdf.js ${version}, older than ${floor}`);
  }
  const document = readFileSync(join(root, documented.file), 'utf8');
  for (const release of documented.releases) {
    if (!document.includes(release)) findings.push(`${documented.file} does not name ${release}, the oldest to run`);
  }
  return { count: packages.length, findings: [...new Set(findings)] };
}

/** @param {string} store where pnpm keeps each package in a folder of its own */
function copiesOfPdfJs(store) {
  if (!existsSync(store)) return [];
  return readdirSync(store, { recursive: true, encoding: 'utf8' })
    .filter((path) => pdfFile.test(basename(path)))
    .map((path) => {
      const [, ...releases] = pdfRelease.exec(readFileSync(join(store, path), 'utf8')) ?? [];
      return { path, version: releases.find(Boolean) ?? '0' };
    });
}

/**
 * @param {string} version
 * @param {string} floor
 */
function isOlder(version, floor) {
  return version.localeCompare(floor, 'en', { numeric: true }) < 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { count, findings } = checkDependencies(resolve(dirname(fileURLToPath(import.meta.url)), '..'));
  for (const finding of findings) console.error(finding);
  console.log(findings.length === 0 ? `${count} packages, none older than it may be` : `${findings.length} findings`);
  process.exitCode = findings.length === 0 ? 0 : 1;
}
