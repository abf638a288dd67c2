import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { untilIdle } from './until-idle.ts';

const forever = new Promise<never>(() => undefined);

async function collect(content: AsyncIterable<Uint8Array>, msMax: number): Promise<number> {
  let bytes = 0;
  for await (const part of untilIdle(content, { fileName: 'long.pdf', msMax })) bytes += part.byteLength;
  return bytes;
}

test('what goes on arriving arrives whole, however long it takes', async () => {
  async function* slow() {
    for (let part = 0; part < 20; part += 1) {
      await delay(5);
      yield new Uint8Array(10);
    }
  }
  expect(await collect(slow(), 60_000)).toBe(200);
});

test('what stops arriving is an error that names the file and the limit', async () => {
  async function* stopping() {
    yield new Uint8Array(10);
    await forever;
  }
  await expect(collect(stopping(), 50)).rejects.toMatchObject({
    code: 'too-late',
    reason: 'upload-idle',
    message: expect.stringContaining('“long.pdf” stopped arriving: for 0.05 s'),
  });
});

test('the time that storing takes is not counted', async () => {
  async function* quick() {
    yield* [new Uint8Array(1), new Uint8Array(1)];
  }
  const parts = untilIdle(quick(), { fileName: 'long.pdf', msMax: 100 });
  await parts.next();
  await delay(300);
  expect((await parts.next()).done).toBe(false);
});
