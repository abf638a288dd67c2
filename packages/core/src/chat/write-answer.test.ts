import { groundedAnswer } from '@twin/testing/grounded-answer';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ChatModel } from '../ports.ts';
import type { Passage } from '../retrieval/passage.ts';
import type { Persona } from '../twin/persona.ts';
import type { Citation } from './message-view.ts';
import { writeAnswer } from './write-answer.ts';

const pieces = fc.constantFrom(
  'The tide clock was built in 1987. ',
  'It shows high water at the old harbour, “twice a day” – as the ﬁshermen [3] know.\n\n',
  'Ada Quill said: “No clock tells the sea what to do.” ',
  'The rent is 1,250.50 a month and is due on the third. ',
  '- brass, 40 %\n- oak, 60 %\n',
  '| part | weight |\n| --- | --- |\n| pendulum | 2.5 kg |\n\n',
  'Die Uhr geht nach dem Mond, nicht nach der Sonne. ',
  '潮汐時計は港にあります。月の動きに従います。 ',
  '😀 Visitors are asked not to wind it. ',
);
const documentText = fc.array(pieces, { minLength: 3, maxLength: 12 }).map((parts) => parts.join('').trim());

/** Passages of one document of 40 to 400 characters each, as chunking leaves them: slices at their offsets. */
function passagesOf(canonicalText: string, versionId: number): Passage[] {
  const passages: Passage[] = [];
  for (let start = 0; start < canonicalText.length; start += 300) {
    const content = canonicalText.slice(start, start + 300).toWellFormed();
    if (content !== canonicalText.slice(start, start + 300) || content.trim() === '') continue;
    passages.push({
      chunkId: versionId * 100 + passages.length,
      documentId: `doc-${versionId}`,
      documentTitle: 'A document',
      versionId,
      ordinal: passages.length,
      startOffset: start,
      endOffset: start + content.length,
      pageFrom: null,
      pageTo: null,
      headingPath: [],
      content,
      score: 1,
      similarity: null,
    });
  }
  return passages;
}

/** Says what the test model server would say to this prompt, in pieces of four characters. */
const groundedModel: ChatModel = {
  modelName: 'grounded',
  async *stream({ system, turns }) {
    await Promise.resolve();
    const answer = groundedAnswer([system, ...turns.map(({ text }) => text)]);
    for (const [delta] of answer.matchAll(/.{1,4}/gsu)) yield delta;
  },
};

const persona: Persona = { name: 'Ada', bio: '', tone: '', person: 'first', strictness: 'strict' };

test('of 500 generated answers, every citation opens at text equal to its quote, and none is unsupported', async () => {
  let cited = 0;
  const question = fc.constantFrom(
    'Who built the clock, and when?',
    'Was kostet die Uhr?',
    'What weight has the pendulum of brass?',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(documentText, { minLength: 1, maxLength: 3 }), question, async (texts, asked) => {
      const passages = texts.flatMap((text, index) => passagesOf(text, index + 1));
      const signal = new AbortController().signal;
      const citations: Citation[] = [];
      let text = '';
      for await (const event of writeAnswer(groundedModel, {
        question: asked,
        history: [],
        passages,
        relevant: true,
        persona,
        signal,
      })) {
        expect(event.type).not.toBe('claim-unsupported');
        if (event.type === 'citation-add') citations.push(event.citation);
        if (event.type === 'text-delta') text += event.text;
      }
      for (const { number, versionId, startOffset, endOffset, quote } of citations) {
        expect(texts[versionId - 1]?.slice(startOffset, endOffset)).toBe(quote);
        expect(text).toContain(`[${number}]`);
      }
      cited += citations.length;
    }),
    { numRuns: 500 },
  );
  expect(cited).toBeGreaterThan(500);
});
