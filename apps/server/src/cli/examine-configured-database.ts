import { statfs } from 'node:fs/promises';
import { countOf } from '@twin/core/count-of';
import { examineDatabase } from '@twin/core/maintenance/examine-database';
import type { Finding } from '@twin/core/maintenance/judge-database';
import { openDatabase } from '@twin/db/client';
import { installationScope } from '../auth/authenticate.ts';
import { isLoopbackHost } from '../auth/loopback.ts';
import { databaseConfigOf } from '../database-config.ts';
import type { Env } from '../env.ts';
import type { CommandResult } from './terminal.ts';

/** Opens the database as the server would, which checks what it needs, and looks at its health. Changes nothing. */
export async function examineConfiguredDatabase(env: Env): Promise<CommandResult> {
  const database = await openDatabase(databaseConfigOf(env), { leaveAsItIs: true });
  try {
    const { home, host, serverVersion, vectorVersion, warnings } = database;
    const disk = home === 'embedded' ? await statfs(env.dataDir) : undefined;
    const { findings, facts } = await examineDatabase({ db: database.db, databaseHome: home }, installationScope, {
      home,
      serverVersion,
      vectorVersion,
      warnings,
      poolMax: env.databasePoolMax,
      local: host === null || host.startsWith('/') || isLoopbackHost(host),
      freeBytes: disk === undefined ? null : disk.bavail * disk.bsize,
    });
    const isWell = findings.every(({ state }) => state !== 'problem');
    return { text: describeFindings(findings), data: { findings, facts }, exitCode: isWell ? 0 : 3 };
  } finally {
    await database.close();
  }
}

const marks = { ok: '✓', unknown: '–', warning: '!', problem: '✗' } as const;

function describeFindings(findings: readonly Finding[]): string {
  const lines = [
    '✓ connection: it opens, and the role may do what the app needs',
    ...findings.flatMap(({ check, state, found, fix }) => [
      `${marks[state]} ${check}: ${found}`,
      ...(fix === null ? [] : [`  → ${fix}`]),
    ]),
  ];
  const problems = findings.filter(({ state }) => state === 'problem').length;
  const warnings = findings.filter(({ state }) => state === 'warning').length;
  const warned = countOf(warnings, 'warning');
  return [...lines, '', `${countOf(problems, 'problem')}, ${warned}.`].join('\n');
}
