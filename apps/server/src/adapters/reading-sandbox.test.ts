import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '@twin/core/app-error';
import { remedyOf } from '@twin/core/documents/remedy';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDocumentReader } from './document-reader.ts';
import { findLifeline, processorLimit } from './lifeline.ts';

const limits = {
  durationMsMax: 60_000,
  memoryMbMax: 512,
  charactersMax: 10_000_000,
  tableCharactersMax: 10_000_000,
  partCharacters: 250_000,
  pagesMax: 1_000,
  recognisedPagesMax: 10,
  recognitionMsMax: 120_000,
};
let folder: string;

beforeAll(async () => {
  // Inside the project, because the sandbox may read nothing else.
  folder = await mkdtemp(join(import.meta.dirname, '../../node_modules/.sandbox-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function write(name: string, program: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, program);
  return path;
}

/** A program that reads one file in a sandbox, as the server does. */
const server = (entry: string) => `
import { createDocumentReader } from ${JSON.stringify(join(import.meta.dirname, 'document-reader.ts'))};
const content = async function* () { yield new Uint8Array(10); };
await createDocumentReader({ entry: ${JSON.stringify(entry)} }).read(
  { fileName: 'endless.pdf', mediaType: null, byteSize: 10, content },
  { limits: ${JSON.stringify(limits)}, signal: new AbortController().signal },
);
`;

/** Processes that run this program. */
async function running(entry: string): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const commands = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
  return pids.filter((_, n) => commands[n]?.split('\0').includes(entry)).map(Number);
}

test.runIf(process.platform === 'linux')('a sandbox does not outlive a server that is killed', async (context) => {
  const [program] = await findLifeline(1_000);
  if (program !== '/usr/bin/setpriv') return context.skip('this system cannot tie a process to its parent');
  const entry = await write('endless.mjs', 'for (;;);');
  const parent = spawn(process.execPath, [await write('server.mjs', server(entry))], { stdio: 'ignore' });
  try {
    await expect.poll(() => running(entry), { timeout: 20_000, interval: 100 }).toHaveLength(1);
    // Until it is the program itself that runs, and not what starts it.
    await delay(500);
    parent.kill('SIGKILL');
    await once(parent, 'exit');
    await expect.poll(() => running(entry), { timeout: 3_000, interval: 50 }).toEqual([]);
  } finally {
    parent.kill('SIGKILL');
    for (const pid of await running(entry)) process.kill(pid, 'SIGKILL');
  }
});

test.runIf(process.platform !== 'win32')(
  'where nothing ties it to the server, its processor time is bounded',
  async () => {
    const [program = '', ...options] = processorLimit(400);
    const child = spawn(program, [...options, process.execPath, '-e', 'for (;;);', 'an argument'], { stdio: 'ignore' });
    try {
      expect(await once(child, 'exit')).toEqual([null, expect.stringMatching(/^SIG(?:XCPU|KILL)$/)]);
    } finally {
      child.kill('SIGKILL');
    }
  },
);

test('a sandbox that is killed from outside may be read again', async () => {
  const entry = await write('killed.mjs', "process.kill(process.pid, 'SIGKILL');");
  const content = async function* () {
    yield new Uint8Array(10);
  };
  const file = { fileName: 'innocent.pdf', mediaType: null, byteSize: 10, content };
  const reading = createDocumentReader({ entry }).read(file, { limits, signal: new AbortController().signal });
  const error: unknown = await reading.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(AppError);
  expect(error).toMatchObject({ code: 'unreadable-document', reason: 'crashed' });
  expect(remedyOf((error as AppError).reason ?? null)).toBe('retry');
});
