import type { VectorSource } from './sources.ts';

/** By which an import of this namespace is known again. */
export function namespaceKey({ name }: Pick<VectorSource, 'name'>, namespace: string): string {
  return `vector:${name}#${namespace}`;
}
