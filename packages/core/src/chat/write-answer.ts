import type { ChatModel, ChatPrompt, SpentTokens, TokenCounts } from '../ports.ts';
import type { Passage } from '../retrieval/passage.ts';
import type { Persona } from '../twin/persona.ts';
import type { Answer, AnswerEvent } from './answer-event.ts';
import { addTokens, estimatePromptTokens } from './answer-usage.ts';
import { buildPrompt } from './build-prompt.ts';
import type { ChatTurn } from './chat-turn.ts';
import { type CitationPiece, createCitationStream } from './citation-stream.ts';
import { fixedSentences } from './fixed-sentences.ts';
import { resolveReference } from './resolve-reference.ts';
import { createStorableText } from './storable-text.ts';
import { type ModelStep, streamWithRetries } from './stream-with-retries.ts';
import { toCitation, toSource } from './to-citation.ts';

/**
 * An answer by the model from numbered passages, each citation verified against them. The sources are exactly the passages
 * the model was sent. Without a single verified citation it is a refusal, whatever the model wrote, and the text ends by
 * saying that nothing backs it: `unsupported`, or `nothing-relevant` when the search had found nothing near either. Where
 * the model's limit cut the answer off, the text says so.
 */
export async function* writeAnswer(
  model: ChatModel,
  input: {
    question: string;
    history: readonly ChatTurn[];
    passages: readonly Passage[];
    /** Whether the search takes the passages for near the question. */
    relevant: boolean;
    persona: Persona;
    signal: AbortSignal;
    /** What finding the passages has cost already. */
    spent?: SpentTokens | undefined;
  },
): Answer {
  const { question, signal, spent } = input;
  const say = fixedSentences(question);
  const { prompt, sent, answerTokensMax } = buildPrompt({ ...input, contextTokens: model.contextTokens });
  yield { type: 'search-end', sources: sent.map(toSource), ...(spent && { spent }) };
  const citations = createCitationStream(sent.length, (reference, claim) => resolveReference(sent, reference, claim));
  const toStorable = createStorableText();
  let cited = false;
  let isCut = false;
  for await (const step of withStart(streamWithRetries(model, prompt, { signal, answerTokensMax }), prompt, input)) {
    if (step.type === 'model-cut') isCut = true;
    else if (step.type !== 'text') yield step;
    else {
      for (const event of toEvents(citations.push(toStorable(step.text)))) {
        if (event.type === 'citation-add') cited = true;
        yield event;
      }
    }
  }
  yield* toEvents(citations.end());
  if (isCut) yield { type: 'text-delta', text: `\n\n*${say.cutOff}*` };
  // Even one uncited word may be an invention, so every answer without a citation says that it stands on nothing.
  if (!cited) yield { type: 'text-delta', text: `\n\n*${say.uncited}*` };
  const refusal = input.relevant ? 'unsupported' : 'nothing-relevant';
  return { outcome: cited ? 'answered' : refusal, model: model.modelName, ...(isCut && { degraded: true }) };
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
        const { number, claim, quote } = piece;
        return { type: 'claim-unsupported', claim: { number, claim, quote } };
      }
    }
  });
}
