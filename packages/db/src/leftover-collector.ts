import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const BYTES_BETWEEN = 8 * 1024 * 1024;

/**
 * A short collection of garbage after each 8 MB of parameters that this thread has sent to a database. A driver makes up to
 * three copies of them for its protocol; V8 by itself sees small objects and waits until they hold 64 MB. With this, an
 * upload of 100 MB takes less than 100 MB (bench/large-files.md).
 */
export function createLeftoverCollector(): (values: unknown) => void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as (options: { type: 'minor' }) => void;
  let bytes = 0;
  return (values) => {
    for (const value of Array.isArray(values) ? (values as unknown[]) : []) {
      if (value instanceof Uint8Array) bytes += value.byteLength;
    }
    if (bytes < BYTES_BETWEEN) return;
    bytes = 0;
    collect({ type: 'minor' });
  };
}
