import type { VersionRow } from '@twin/db/queries/versions';
import type { PageSource } from './drawn-page.ts';

/** Decoded by the canvas that draws them; of TIFF it knows nothing. */
const pictureTypes: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/bmp']);

/** What of a version has pages that can be drawn; null where there is none, or no original any more. */
export function pageSourceOf(version: Pick<VersionRow, 'media_type' | 'blob_id'> | undefined): PageSource | null {
  if (version === undefined || version.blob_id === null) return null;
  const { media_type: mediaType } = version;
  if (mediaType === 'application/pdf') return 'pdf';
  return mediaType !== null && pictureTypes.has(mediaType) ? 'picture' : null;
}
