import { createHash } from 'node:crypto';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import { receiveUpload, type UploadResult } from './receive-upload.ts';

/**
 * Takes in what is at one web address, as a file like any other; of a page, reading keeps the readable part. An address
 * is one document: importing it again brings its new content as a new version.
 *
 * @throws AppError `invalid-input` with the reason why the address is refused or does not answer, or as `receiveUpload`.
 */
export async function importWebPage(
  deps: Deps,
  scope: TwinScope,
  { url, userLabel }: { url: string; userLabel: string },
): Promise<UploadResult> {
  const page = await deps.webPages.fetch(url);
  return await receiveUpload(deps, scope, {
    documentId: `web-${createHash('sha256').update(page.requestedUrl).digest('hex').slice(0, 32)}`,
    fileName: fileNameOf(page.finalUrl, page.mediaType),
    mediaType: page.mediaType,
    content: oneByOne(page.bytes),
    origin: 'upload',
    userLabel,
  });
}

async function* oneByOne(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}

const extensions: Record<string, string> = {
  'text/html': 'html',
  'application/xhtml+xml': 'html',
  'application/pdf': 'pdf',
  'text/markdown': 'md',
  'text/csv': 'csv',
  'application/json': 'json',
  'text/plain': 'txt',
};

/** The address as a name people recognise: `example.org – garden – beds.html`. */
function fileNameOf(url: string, mediaType: string | null): string {
  const { hostname, pathname } = new URL(url);
  const segments = pathname
    .split('/')
    .filter((segment) => segment !== '')
    .map(decoded);
  const last = segments.at(-1) ?? '';
  const extension = extensions[mediaType?.split(';')[0]?.trim().toLowerCase() ?? ''];
  const isNamed = extension === undefined || last.toLowerCase().endsWith(`.${extension}`);
  return `${[hostname, ...segments].join(' – ')}${isNamed ? '' : `.${extension}`}`;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
