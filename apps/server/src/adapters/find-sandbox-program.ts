import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';

const serverFolder = join(import.meta.dirname, '../..');
const folders = {
  source: import.meta.dirname,
  bundle: join(serverFolder, 'dist'),
  madeOf: [join(import.meta.dirname, '*.ts'), join(serverFolder, '../../packages/core/src/**/*.ts')],
};

/**
 * A program of the reading sandbox: bundled by the build, which starts four times as fast, or its source where nothing was
 * built or where anything in it has changed since.
 */
export function findSandboxProgram(
  name: 'reading-sandbox-worker' | 'close-network',
  { source, bundle, madeOf }: { source: string; bundle: string; madeOf: readonly string[] } = folders,
): string {
  const bundled = join(bundle, `${name}.mjs`);
  const builtAt = statSync(bundled, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const isCurrent = globSync(madeOf).every((file) => statSync(file).mtimeMs <= builtAt);
  return isCurrent ? bundled : join(source, `${name}.ts`);
}
