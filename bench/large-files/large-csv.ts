/** A table of about so many bytes, row by row. */
export function* makeLargeCsv(bytes: number): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode('station,day,rain,temperature,remark\n');
  for (let sent = 0, row = 0; sent < bytes; ) {
    // Some thousand rows at a time: what a browser sends in one go.
    const rows = Array.from({ length: 2_000 }, () => {
      row += 1;
      return `${row % 977},2024-${(row % 12) + 1}-${(row % 28) + 1},${row % 61},${(row % 400) / 10},reading no. ${row}\n`;
    });
    const part = encoder.encode(rows.join(''));
    sent += part.byteLength;
    yield part;
  }
}
