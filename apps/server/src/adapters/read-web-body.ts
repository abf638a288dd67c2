import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip } from 'node:zlib';

/**
 * The whole body, decompressed. Bytes are counted as they come out, so that a small body that grows without end stops.
 * @throws RangeError beyond `bytesMax`; Error when the body is cut off or packed in an unknown way.
 */
export async function readWebBody(response: IncomingMessage, bytesMax: number): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of unpacked(response) as AsyncIterable<Buffer>) {
      length += part.length;
      if (length > bytesMax) throw new RangeError(`More than ${bytesMax} bytes`);
      parts.push(part);
    }
  } finally {
    response.destroy();
  }
  return Buffer.concat(parts);
}

function unpacked(response: IncomingMessage): Readable {
  const encoding = response.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (encoding === 'identity' || encoding === '') return response;
  if (encoding !== 'gzip' && encoding !== 'x-gzip' && encoding !== 'br') throw new Error(`Packed as ${encoding}`);
  const inflate = encoding === 'br' ? createBrotliDecompress() : createGunzip();
  response.once('error', (error) => inflate.destroy(error));
  return response.pipe(inflate);
}
