import { strToU8, zipSync } from 'fflate';

/** A file of today's Office made of its parts, by their paths: text, and pictures as they are. */
export function zipParts(parts: Record<string, string | Uint8Array>): Uint8Array<ArrayBuffer> {
  const files = Object.entries(parts).map(([path, part]) => [path, typeof part === 'string' ? strToU8(part) : part]);
  return zipSync(Object.fromEntries(files) as Record<string, Uint8Array>, { level: 0 });
}
