import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Changes with any migration and with the embedded engine: what a prepared database is only good for one value of. */
export function schemaFingerprint(): string {
  const hash = createHash('sha256');
  const folder = new URL('../migrations/', import.meta.url);
  for (const name of readdirSync(folder).toSorted()) {
    hash.update(name).update(readFileSync(new URL(name, folder)));
  }
  hash.update(readFileSync(new URL('../migrate.ts', import.meta.url)));
  hash.update(readFileSync(fileURLToPath(import.meta.resolve('@electric-sql/pglite'))));
  return hash.digest('hex').slice(0, 12);
}
