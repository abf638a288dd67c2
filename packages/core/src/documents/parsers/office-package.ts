import { unzipSync } from 'fflate';
import { unreadable } from '../unreadable.ts';

const ENTRIES_MAX = 10_000;
/** Of XML, after inflating. A 500-page report has about 10 MB. */
const INFLATED_BYTES_MAX = 200 * 1024 * 1024;

/**
 * The XML parts of an Office file (a zip), by path. Pictures and other media are not inflated at all.
 * Memory is bounded by the sizes the directory declares, which are summed before anything is inflated: fflate never
 * writes past the declared size, so a directory that lies yields damaged XML, not more bytes.
 * @throws AppError `corrupt` or `too-large`.
 */
export function openOfficePackage(
  bytes: Uint8Array,
  fileName: string,
): { parts: Map<string, Uint8Array>; mediaCount: number } {
  let entries = 0;
  let inflatedBytes = 0;
  let mediaCount = 0;
  let unzipped: Record<string, Uint8Array>;
  try {
    unzipped = unzipSync(bytes, {
      filter: (entry) => {
        entries += 1;
        if (/\/media\/./.test(entry.name)) mediaCount += 1;
        if (!/\.(?:xml|rels)$/.test(entry.name)) return false;
        inflatedBytes += entry.originalSize;
        if (entries > ENTRIES_MAX || inflatedBytes > INFLATED_BYTES_MAX) throw unreadable(fileName, 'too-large');
        return true;
      },
    });
  } catch (error) {
    if (entries > ENTRIES_MAX || inflatedBytes > INFLATED_BYTES_MAX) throw error;
    throw unreadable(fileName, 'corrupt', error);
  }
  const parts = new Map(Object.entries(unzipped));
  for (const part of parts.values()) refuseDoctype(part, fileName);
  return { parts, mediaCount };
}

/** Office files never declare a document type; in XML it is how entity bombs are made. */
function refuseDoctype(part: Uint8Array, fileName: string): void {
  if (Buffer.from(part.buffer, part.byteOffset, Math.min(part.byteLength, 4096)).includes('<!DOCTYPE')) {
    throw unreadable(fileName, 'corrupt');
  }
}
