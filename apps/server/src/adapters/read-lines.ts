export class LongLineError extends RangeError {}

/**
 * The lines of a byte stream. Pieces of a long line are joined once, not at every piece that arrives.
 * @throws LongLineError as soon as a line is longer than `bytesMax`.
 */
export async function* readLines(stream: AsyncIterable<Buffer>, bytesMax: number): AsyncGenerator<string> {
  let pieces: Buffer[] = [];
  let length = 0;
  const take = (piece: Buffer) => {
    length += piece.byteLength;
    if (length > bytesMax) throw new LongLineError(`A line is longer than ${bytesMax} bytes`);
    pieces.push(piece);
  };
  for await (const part of stream) {
    let start = 0;
    for (let end = part.indexOf('\n'); end >= 0; end = part.indexOf('\n', start)) {
      take(part.subarray(start, end));
      yield Buffer.concat(pieces).toString('utf8');
      pieces = [];
      length = 0;
      start = end + 1;
    }
    if (start < part.length) take(part.subarray(start));
  }
  if (pieces.length > 0) yield Buffer.concat(pieces).toString('utf8');
}
