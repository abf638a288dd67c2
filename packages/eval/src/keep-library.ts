import { readFile, writeFile } from 'node:fs/promises';
import { AppError } from '@twin/core/app-error';
import { z } from 'zod';
import type { Holders } from './build-library.ts';

const keptLibrary = z.object({ source: z.string(), holders: z.array(z.tuple([z.string(), z.string()])) });

/**
 * What a library that is kept for further runs was built from, beside its database. Undefined when nothing is there.
 *
 * @param source names data set and settings: what the kept library must have been built from.
 * @throws AppError `conflict` when it was built from something else.
 */
export async function readKeptLibrary(path: string, source: string): Promise<Holders | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const kept = keptLibrary.parse(JSON.parse(text));
  if (kept.source === source) return new Map(kept.holders);
  const message = `${path} belongs to a library of another data set or other settings. Name another folder, or delete this one.`;
  throw new AppError('conflict', message);
}

/** Written when the library is whole: one whose building was interrupted is not taken for it. */
export async function writeKeptLibrary(path: string, source: string, holders: Holders): Promise<void> {
  await writeFile(path, JSON.stringify({ source, holders: [...holders] }));
}
