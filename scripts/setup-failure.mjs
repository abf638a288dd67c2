import { CommandError } from './command.mjs';

/** Something a person can mend. The message says what is wrong and what to do. */
export class SetupFailure extends Error {}

/** What the tools print for each trouble, and what to do about it. The first match counts. @type {[RegExp, string][]} */
const troubles = [
  [/ENOSPC|no space left on device/i, 'The disk is full. Free about 2 GB and run it again.'],
  [/EDQUOT/, 'The disk quota is used up. Free about 2 GB and run it again.'],
  [
    /ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET_TIMEOUT|network request|error sending request|dns error/i,
    'The npm registry cannot be reached. Check the network (and HTTPS_PROXY behind a proxy), then run it again; what was downloaded is kept.',
  ],
  [
    /SELF_SIGNED_CERT|UNABLE_TO_(GET|VERIFY)|CERT_HAS_EXPIRED|invalid peer certificate/i,
    'The TLS certificate of the npm registry is not trusted here. Behind an inspecting proxy, point NODE_EXTRA_CA_CERTS at its root certificate.',
  ],
  [
    /\bE40[13]\b|\b407\b/,
    'The npm registry or a proxy refused access. Check the registry and its token in your .npmrc.',
  ],
  [
    /ETARGET|\bE404\b|NO_MATCHING_VERSION/,
    'The npm registry does not offer a version this app needs. Check the registry in your .npmrc.',
  ],
  [
    /EACCES|EPERM|EROFS|permission denied/i,
    'A file or folder cannot be written. Check who owns this folder and ~/.npm.',
  ],
  [
    /OUTDATED_LOCKFILE/,
    'pnpm-lock.yaml does not match the package.json files. Run `pnpm install` and commit the lockfile.',
  ],
  [/\bKilled\b|SIGKILL|heap out of memory|ENOMEM/, 'The machine ran out of memory. Setting up needs about 1.5 GB.'],
];

/**
 * What to tell a person about a failed set-up: cause and next step first, then the end of the tool's own output.
 *
 * @param {unknown} error
 * @param {string} logFile
 */
export function describeSetupFailure(error, logFile) {
  if (error instanceof SetupFailure) return error.message;
  const output = error instanceof CommandError ? error.output : [];
  const message = error instanceof Error ? error.message : String(error);
  const text = [...output, message].join('\n');
  const advice = troubles.find(([pattern]) => pattern.test(text))?.[1];
  const excerpt = output.slice(-15).map((line) => `    ${line}`);
  return [
    ...(advice ? [advice, ''] : []),
    `  ${message}`,
    ...(excerpt.length > 0 ? ['  The end of its output:', ...excerpt] : []),
    `  All of it: ${logFile}`,
  ].join('\n');
}
