import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { parseDocument } from './parse-document.ts';
import { readLimits } from './read-limits.ts';
import { openSample, sampleCollection } from './sample-collection.ts';

test.each(sampleCollection)('$fileName reads as its author wrote it, without its front matter', async (sample) => {
  const bytes = await buffer(openSample(sample));
  const { fileName, mediaType } = sample;
  const parsed = await parseDocument({ bytes, fileName, mediaType, limits: readLimits });
  expect(parsed.canonicalText.length).toBeGreaterThan(500);
  expect(parsed.canonicalText).not.toMatch(/^(#|title:)/m);
  expect(parsed.warnings).toEqual([]);
});
