import { join } from 'node:path';

/**
 * One check as a command. `find` turns its output into what it found, in a few words.
 *
 * @typedef {object} Check
 * @property {string} name
 * @property {string} doing what it does, said when it starts
 * @property {string} command
 * @property {string[]} args
 * @property {(output: string) => string} find
 */

/**
 * The checks that read the code and run none of it.
 *
 * @param {string} root
 * @param {import('./toolchain.mjs').Toolchain} toolchain
 * @returns {Check[]}
 */
export function staticChecks(root, toolchain) {
  /** @param {string} name */
  const bin = (name) => join(root, 'node_modules', '.bin', name);
  return [
    {
      name: 'Format',
      doing: 'formatting and import order (biome)',
      command: bin('biome'),
      args: ['check', '--no-errors-on-unmatched', '--max-diagnostics=20', '.'],
      find: (output) => /Checked \d+ files/.exec(output)?.[0] ?? '',
    },
    {
      name: 'Lint',
      doing: 'lint rules, with types (oxlint)',
      command: bin('oxlint'),
      args: ['--type-aware', '--deny-warnings', '--report-unused-disable-directives'],
      find: (output) => /on (\d+ files with \d+ rules)/.exec(output)?.[1] ?? '',
    },
    {
      name: 'Types',
      doing: 'types of every package (tsc)',
      command: bin('turbo'),
      args: ['run', 'typecheck', '--continue', '--output-logs=errors-only'],
      find: (output) => /\d+ successful, \d+ total/.exec(output)?.[0] ?? '',
    },
    {
      name: 'Script types',
      doing: 'types of the scripts (tsc)',
      command: bin('tsc'),
      args: ['-p', 'scripts'],
      find: () => '',
    },
    {
      name: 'Dead code',
      doing: 'unused files, exports and dependencies (knip)',
      command: bin('knip'),
      args: ['--no-progress', '--treat-config-hints-as-errors'],
      find: () => 'none',
    },
    {
      name: 'Layers',
      doing: 'who imports whom, and what lives where',
      command: toolchain.node,
      args: [join('scripts', 'check-layers.mjs')],
      find: (output) => output.trim(),
    },
    {
      name: 'Traces',
      doing: 'no registry host, machine path or secret in any file',
      command: toolchain.node,
      args: [join('scripts', 'check-tracked-files.mjs')],
      find: (output) => output.trim(),
    },
    {
      name: 'Dependencies',
      doing: 'what the lockfile names against the releases that mended faults',
      command: toolchain.node,
      args: [join('scripts', 'check-dependencies.mjs')],
      find: (output) => output.trim(),
    },
    {
      name: 'Documents',
      doing: 'settings, paths and links in the documents against the code',
      command: toolchain.node,
      args: [join('scripts', 'check-docs.mjs')],
      find: (output) => output.trim(),
    },
  ];
}
