import { readFile } from 'node:fs/promises';

let reading: Promise<ReadonlySet<string>> | undefined;

/** Words of English and names that many texts hold, in small letters without accents: what the built-in model has learned whole. */
export async function englishWords(): Promise<ReadonlySet<string>> {
  reading ??= readFile(new URL('static-model/vocabulary.txt', import.meta.url), 'utf8').then(
    (pieces) => new Set(pieces.split('\n').filter((piece) => /^\p{L}{2,}$/u.test(piece))),
  );
  return await reading;
}
