import type { ChatModel, ChatPrompt, SpentTokens, TokenCounts } from '../ports.ts';
import type { Passage } from '../retrieval/passage.ts';
import type { Persona } from '../twin/persona.ts';
import type { Answer, AnswerEvent } from './answer-event.ts';
import type { CitationPiece } from './answer-pieces.ts';
import type { AnswerReader } from './answer-reader.ts';
import { addTokens, estimatePromptTokens } from './answer-usage.ts';
import { buildPrompt } from './build-prompt.ts';
import type { ChatTurn } from './chat-turn.ts';
import { createCitationStream } from './citation-stream.ts';
import { fixedSentences } from './fixed-sentences.ts';
import { findStatement, resolveReference } from './resolve-reference.ts';
import { createStorableText } from './storable-text.ts';
import { type ModelStep, streamWithRetries } from './stream-with-retries.ts';
import { toCitation, toSource } from './to-citation.ts';

/**
 * An answer by the model from numbered passages, each citation verified against them. The sources are exactly the passages
 * the model was sent. Each claim without one is marked. Without a single verified citation it is a refusal, `unsupported`,
 * whatever the model wrote: the text ends by saying that nothing backs it, or, where the model claimed nothing, that these
 * passages came nearest. Where the model's limit cut the answer off, the text says so.
 */
export async function* writeAnswer(
  model: ChatModel,
  input: {
    question: string;
    history: readonly ChatTurn[];
    passages: readonly Passage[];
    persona: Persona;
    reader?: AnswerReader;
    signal: AbortSignal;
    /** What finding the passages has cost already. */
    spent?: SpentTokens | undefined;
  },
): Answer {
  const { question, signal, spent } = input;
  const say = fixedSentences(question, input.reader);
  const { prompt, sent, answerTokensMax } = buildPrompt({ ...input, contextTokens: model.contextTokens });
  yield { type: 'search-end', sources: sent.map(toSource), ...(spent && { spent }) };
  const citations = createCitationStream(
    sent.length,
    (reference, claim) => resolveReference(sent, reference, claim),
    (sentence) => findStatement(sent, sentence),
  );
  const toStorable = createStorableText();
  let cited = false;
  let claimed = false;
  let isCut = false;
  function* follow(pieces: readonly CitationPiece[]): Generator<WrittenEvent> {
    for (const event of toEvents(pieces)) {
      cited ||= event.type === 'citation-add';
      claimed ||= event.type === 'claim-unsupported';
      yield event;
    }
  }
  for await (const step of withStart(streamWithRetries(model, prompt, { signal, answerTokensMax }), prompt, input)) {
    if (step.type === 'model-cut') isCut = true;
    else if (step.type === 'text') yield* follow(citations.push(toStorable(step.text)));
    else yield step;
  }
  yield* follow(citations.end());
  if (isCut) yield { type: 'text-delta', text: `\n\n*${say.cutOff}*` };
  // That the documents do not say it is an honest answer; anything else without a citation may be an invention.
  if (!cited) yield { type: 'text-delta', text: `\n\n*${claimed ? say.uncited : say.nearestDoNotSay}*` };
  const outcome = cited ? 'answered' : 'unsupported';
  return { outcome, model: model.modelName, ...(isCut && { degraded: true }) };
}

/**
 * The steps of a model with its start before the first text, and with what the search cost added to what it counts. One that
 * is stopped before its first word has read the prompt: that is told as well.
 */
async function* withStart(
  steps: AsyncIterable<ModelStep>,
  prompt: ChatPrompt,
  {
    signal,
    spent = { promptTokens: 0, completionTokens: 0 },
  }: { signal: AbortSignal; spent?: TokenCounts | undefined },
): AsyncGenerator<ModelStep | Extract<AnswerEvent, { type: 'model-start' }>> {
  const promptTokens = estimatePromptTokens(prompt) + spent.promptTokens + spent.completionTokens;
  let begun = false;
  try {
    for await (const step of steps) {
      if (step.type === 'text' && !begun) {
        begun = true;
        yield { type: 'model-start', promptTokens };
      }
      yield step.type === 'model-end' ? { ...step, ...addTokens(step, spent) } : step;
    }
  } catch (error) {
    if (!begun && signal.aborted) yield { type: 'model-start', promptTokens };
    throw error;
  }
}

type WrittenEvent = Extract<AnswerEvent, { type: 'citation-add' | 'claim-unsupported' | 'text-delta' }>;

function toEvents(pieces: readonly CitationPiece[]): WrittenEvent[] {
  return pieces.map((piece): WrittenEvent => {
    switch (piece.type) {
      case 'text':
        return { type: 'text-delta', text: piece.text };
      case 'citation':
        return { type: 'citation-add', citation: toCitation(piece.number, piece.cited.passage, piece.cited.quote) };
      case 'unsupported': {
        const { number, claim, quote, reason } = piece;
        return { type: 'claim-unsupported', claim: { number, claim, quote, reason } };
      }
    }
  });
}
