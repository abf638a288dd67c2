import { constants } from 'node:buffer';
import { once } from 'node:events';
import { createReadStream, rmSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import process from 'node:process';
import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { ArchiveError } from '@twin/db/archive/archive-error';
import { readLines } from '../adapters/read-lines.ts';
import { decryptArchive, ENCRYPTED_MAGIC, encryptArchive } from './archive-encryption.ts';
import { wordsOfFileProblem } from './words-of-file-problem.ts';

/** Half the processor time of the usual 6, and 2 % more bytes (2.4 GB of a library's lines). */
const GZIP_LEVEL = 4;

/**
 * Writes an archive, compressed and, with a passphrase, encrypted. It appears under its name when it is whole and on the
 * disk; what was there before stays until then. Only its owner may read it. Ctrl-C leaves nothing behind.
 *
 * @param fill is given what writes a line, and returns when all are written.
 * @throws ArchiveError `not-writable` when there is no place for it.
 */
export async function writeArchiveFile<T>(
  file: string,
  passphrase: string | undefined,
  fill: (write: (line: string) => Promise<void>) => Promise<T>,
): Promise<T> {
  const unfinished = `${file}.unfinished`;
  const lines = new PassThrough();
  const handle = await open(unfinished, 'w', 0o600).catch((error: unknown) => {
    throw notWritable(file, error);
  });
  const stopWatching = removeOnSignal(unfinished);
  const target = handle.createWriteStream({ flush: true });
  const written =
    passphrase === undefined
      ? pipeline(lines, createGzip({ level: GZIP_LEVEL }), target)
      : pipeline(
          lines,
          createGzip({ level: GZIP_LEVEL }),
          (plain: AsyncIterable<Buffer>) => encryptArchive(plain, passphrase),
          target,
        );
  const failed = written.then(() => new Promise<never>(() => undefined));
  failed.catch(() => undefined);
  try {
    const result = await fill(async (line) => {
      if (!lines.write(`${line}\n`)) await Promise.race([once(lines, 'drain'), failed]);
    });
    lines.end();
    await written;
    await rename(unfinished, file);
    return result;
  } catch (error) {
    lines.destroy();
    await written.catch(() => undefined);
    await rm(unfinished, { force: true });
    throw notWritable(file, error);
  } finally {
    stopWatching();
  }
}

/** Until the returned function is called: a signal that ends the process removes the file first. */
function removeOnSignal(file: string): () => void {
  const end = (signal: NodeJS.Signals) => {
    rmSync(file, { force: true });
    process.stderr.write('\nInterrupted: no backup was made.\n');
    // Nobody listens any more: it ends this process as it would have.
    process.kill(process.pid, signal);
  };
  for (const signal of endingSignals) process.once(signal, end);
  return () => {
    for (const signal of endingSignals) process.off(signal, end);
  };
}

const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

function notWritable(file: string, error: unknown): unknown {
  const words = wordsOfFileProblem(error);
  if (words === undefined) return error;
  return new ArchiveError(
    'not-writable',
    `${file} cannot be written: ${words}.`,
    'Put that right, or name a file in another folder.',
  );
}

/** Whether a passphrase is needed to read it. @throws ArchiveError `not-an-archive` when there is no such file. */
export async function isEncryptedArchive(file: string): Promise<boolean> {
  const handle = await open(file).catch((error: unknown) => {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const reason = isMissing ? 'there is no such file' : (wordsOfFileProblem(error) ?? String(error));
    throw new ArchiveError('not-an-archive', `${file} cannot be read: ${reason}.`, 'Name a file that `backup` made.');
  });
  try {
    const { buffer } = await handle.read(Buffer.alloc(ENCRYPTED_MAGIC.length), 0, ENCRYPTED_MAGIC.length, 0);
    return buffer.equals(ENCRYPTED_MAGIC);
  } finally {
    await handle.close();
  }
}

/**
 * The lines of an archive.
 *
 * @param onBytes told how many more of the file's bytes have been read.
 * @throws ArchiveError `damaged` when it cannot be decrypted or inflated.
 */
export async function* readArchiveFile(
  file: string,
  passphrase: string | undefined,
  onBytes: (count: number) => void,
): AsyncGenerator<string> {
  const stored = countBytes(
    createReadStream(file, { start: passphrase === undefined ? 0 : ENCRYPTED_MAGIC.length }),
    onBytes,
  );
  const bytes = Readable.from(passphrase === undefined ? stored : decryptArchive(stored, passphrase));
  const inflated = new PassThrough();
  const reading = pipeline(bytes, createGunzip(), inflated);
  reading.catch(() => undefined);
  try {
    // Not node:readline, to which U+2028 and U+2029 end a line: JSON leaves them in its texts.
    yield* readLines(inflated, constants.MAX_STRING_LENGTH);
    await reading;
  } catch (error) {
    if (error instanceof ArchiveError) throw error;
    const message = `${file} is not a backup of Digital Twin, or it is damaged.`;
    throw new ArchiveError('damaged', message, 'Take another copy of the backup.');
  }
}

async function* countBytes(chunks: AsyncIterable<Buffer>, onBytes: (count: number) => void): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    onBytes(chunk.length);
    yield chunk;
  }
}
