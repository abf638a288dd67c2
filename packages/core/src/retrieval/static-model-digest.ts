import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

let digest: Promise<string> | undefined;

/** SHA-256 of the built-in model's files, in hex: one that was distilled anew under the same name is another model. */
export function staticModelDigest(): Promise<string> {
  digest ??= computeDigest();
  return digest;
}

async function computeDigest(): Promise<string> {
  const hash = createHash('sha256');
  for (const name of ['vocabulary.txt', 'vectors.bin']) {
    hash.update(await readFile(new URL(`static-model/${name}`, import.meta.url)));
  }
  return hash.digest('hex');
}
