import { expect, test } from 'vitest';
import { readLines } from './read-lines.ts';

async function* parts(...texts: string[]): AsyncGenerator<Buffer> {
  for (const text of texts) yield await Promise.resolve(Buffer.from(text));
}

async function collect(lines: AsyncIterable<string>): Promise<string[]> {
  const collected: string[] = [];
  for await (const line of lines) collected.push(line);
  return collected;
}

test('lines are put together from pieces, the last one also without its end', async () => {
  expect(await collect(readLines(parts('on', 'e\ntwo\n\nth', 'r', 'ee'), 10))).toEqual(['one', 'two', '', 'three']);
});

test('a line without end is refused as soon as it is too long, however it is cut', async () => {
  await expect(collect(readLines(parts('fine\n', 'much', ' too', ' long'), 10))).rejects.toThrow(RangeError);
});
