import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const FINGERPRINT_LENGTH = 12;

/** Changes with the embedded engine. */
export function engineFingerprint(): string {
  return createHash('sha256')
    .update(readFileSync(createRequire(import.meta.url).resolve('@electric-sql/pglite')))
    .digest('hex')
    .slice(0, FINGERPRINT_LENGTH);
}

/** Changes with any migration and with the embedded engine: a prepared database is good for one value of it. */
export function schemaFingerprint(): string {
  const hash = createHash('sha256').update(engineFingerprint());
  const folder = new URL('../migrations/', import.meta.url);
  for (const name of readdirSync(folder).toSorted()) {
    hash.update(name).update(readFileSync(new URL(name, folder)));
  }
  return hash
    .update(readFileSync(new URL('../migrate.ts', import.meta.url)))
    .digest('hex')
    .slice(0, FINGERPRINT_LENGTH);
}
