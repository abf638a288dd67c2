import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { RecognitionSettings } from './recognition-settings.ts';

const require = createRequire(import.meta.url);

/** The trained data of one language. @throws Error when there is none. */
export async function loadLanguage(language: string, settings: RecognitionSettings): Promise<Uint8Array> {
  const path = listPaths(language, settings).find((candidate) => existsSync(candidate));
  if (path === undefined) throw new Error(`There is no trained data for the language “${language}”`);
  const bytes = await readFile(path);
  return path.endsWith('.gz') ? await promisify(gunzip)(bytes) : bytes;
}

export function hasLanguage(language: string, settings: RecognitionSettings): boolean {
  return listPaths(language, settings).some((path) => existsSync(path));
}

/** In the operator's folder, else, for English, in its package. */
function listPaths(language: string, { languageFolder }: RecognitionSettings): string[] {
  const names = [`${language}.traineddata`, `${language}.traineddata.gz`];
  const paths = languageFolder === undefined ? [] : names.map((name) => join(languageFolder, name));
  if (language === 'eng') paths.push(require.resolve('@tesseract.js-data/eng/4.0.0_best_int/eng.traineddata.gz'));
  return paths;
}
