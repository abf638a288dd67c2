import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';

type SandboxProgram = 'reading-sandbox-worker' | 'page-drawing-worker' | 'close-network';

const serverFolder = join(import.meta.dirname, '../..');
const projectFolder = join(serverFolder, '../..');
const folders = {
  source: import.meta.dirname,
  bundle: join(serverFolder, 'dist'),
  // The libraries are bundled too: the lock file says which.
  madeOf: [
    join(import.meta.dirname, '*.ts'),
    join(projectFolder, 'packages/core/src/**/*.ts'),
    join(projectFolder, 'pnpm-lock.yaml'),
    join(serverFolder, 'vite.config.ts'),
  ],
};

/**
 * A program of the reading sandbox: bundled by the build, which starts four times as fast, or its source where nothing was
 * built or where anything it is made of has changed since.
 */
export function findSandboxProgram(
  name: SandboxProgram,
  { source, bundle, madeOf }: { source: string; bundle: string; madeOf: readonly string[] } = folders,
): string {
  const bundled = join(bundle, `${name}.mjs`);
  const builtAt = statSync(bundled, { throwIfNoEntry: false })?.mtimeMs;
  const isCurrent =
    builtAt !== undefined && globSync(madeOf).every((file) => isTest(file) || statSync(file).mtimeMs <= builtAt);
  return isCurrent ? bundled : join(source, `${name}.ts`);
}

function isTest(file: string): boolean {
  return file.endsWith('.test.ts');
}

let found: Record<SandboxProgram, string> | undefined;

/** All programs, looked for once, when the first file is read: this process keeps to what it began with. */
export function sandboxPrograms(): Record<SandboxProgram, string> {
  found ??= {
    'reading-sandbox-worker': findSandboxProgram('reading-sandbox-worker'),
    'page-drawing-worker': findSandboxProgram('page-drawing-worker'),
    'close-network': findSandboxProgram('close-network'),
  };
  return found;
}
