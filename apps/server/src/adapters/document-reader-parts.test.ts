import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { readLimits } from '@twin/core/documents/read-limits';
import { expect, onTestFinished, test } from 'vitest';
import { createDocumentReader } from './document-reader.ts';

const neverAborted = new AbortController().signal;
const limits = { ...readLimits, durationMsMax: 60_000 };

function table(content: string) {
  const bytes = new TextEncoder().encode(content);
  async function* inParts() {
    for (let start = 0; start < bytes.length; start += 65_536)
      yield await Promise.resolve(bytes.subarray(start, start + 65_536));
  }
  return { fileName: 'rain.csv', mediaType: null, byteSize: bytes.length, content: inParts };
}

test('a long table comes in parts, each when the one before it has been taken', async () => {
  const content = `Station,Rain\n${Array.from({ length: 60_000 }, (_, row) => `North ${row},${row % 61}`).join('\n')}`;
  const whole = await createDocumentReader().read(table(content), { limits, signal: neverAborted });
  let text = '';
  let taking = 0;
  const last = await createDocumentReader().read(table(content), {
    limits: { ...limits, partCharacters: 100_000 },
    signal: neverAborted,
    async onPart(part) {
      taking += 1;
      expect(taking).toBe(1);
      expect(part.start).toBe(text.length);
      if (text === '') await delay(1_000);
      text += part.text;
      taking -= 1;
    },
  });
  expect(text.length).toBeGreaterThan(1_000_000);
  expect(last.textStart).toBe(text.length);
  expect(text + last.canonicalText).toBe(whole.canonicalText);
});

test('a part that cannot be taken ends the reading, and the sandbox', async () => {
  // Inside the project, because the sandbox may read nothing else.
  const folder = await mkdtemp(join(import.meta.dirname, '../../node_modules/.sandbox-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const entry = join(folder, 'tells-a-part.mjs');
  await writeFile(
    entry,
    `process.stdout.write(JSON.stringify({ type: 'part', part: { start: 0, text: 'x', blocks: [] } }) + '\\n');
    setInterval(() => undefined, 1_000);`,
  );
  const reader = createDocumentReader({ entry });
  const onPart = () => Promise.reject(new Error('The database is away'));
  const reading = reader.read(table('x'), { limits, signal: neverAborted, onPart });
  await expect(reading).rejects.toThrow('The database is away');
});
