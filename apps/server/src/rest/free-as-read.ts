/**
 * The same bytes, whose memory is given back as soon as the next ones are asked for. Left to the garbage collector, which
 * sees how small the objects are and not what they hold, the pieces of an upload add up to 64 MB before they go.
 *
 * @param content pieces that nobody else reads, such as those of a request's body.
 */
export async function* freeAsRead(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const bytes of content) {
    yield bytes;
    const { buffer } = bytes;
    // A small piece may be a part of memory that others have parts of.
    if (buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength) buffer.transfer(0);
  }
}
