import type { ParserOptions, SerializerOptions } from '@electric-sql/pglite';
import { parseUtcTimestamp } from '../timestamp.ts';

export const BYTEA_OID = 17;
const INT8_OID = 20;
const TIMESTAMP_OID = 1114;

export const embeddedParsers: ParserOptions = {
  // PGlite's own decoder makes one string per byte: seconds for a large file.
  [BYTEA_OID]: (text) => {
    const bytes = Buffer.allocUnsafeSlow((text.length - 2) / 2);
    bytes.write(text.slice(2), 'hex');
    return bytes;
  },
  [INT8_OID]: Number,
  [TIMESTAMP_OID]: parseUtcTimestamp,
};

export const embeddedSerializers: SerializerOptions = {
  // PGlite binds a view of bytes in the binary format, though its type speaks of strings alone.
  [BYTEA_OID]: (bytes: Uint8Array) => bytes as unknown as string,
};
