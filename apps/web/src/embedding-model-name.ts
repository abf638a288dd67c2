/** What people call an embedding model; the built-in one is known by that. */
export function embeddingModelName({ provider, name }: { provider: string; name: string }): string {
  return provider === 'builtin' ? 'Built-in model' : name;
}
