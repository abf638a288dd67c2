import type { ChatModel, TokenCounts } from '../ports.ts';
import type { Passage } from '../retrieval/passage.ts';
import type { Persona } from '../twin/persona.ts';
import type { Answer, AnswerEvent } from './answer-event.ts';
import { estimatePromptTokens } from './answer-usage.ts';
import { buildPrompt } from './build-prompt.ts';
import type { ChatTurn } from './chat-turn.ts';
import { type CitationPiece, createCitationStream } from './citation-stream.ts';
import { resolveReference } from './resolve-reference.ts';
import { createStorableText } from './storable-text.ts';
import { streamWithRetries } from './stream-with-retries.ts';
import { toCitation, toSource } from './to-citation.ts';

/** Even one uncited word may be an invention, so every answer without a citation says that it stands on nothing. */
const uncitedNote = '\n\n*No passage of your documents was cited for this, so nothing backs it.*';

/**
 * An answer by the model from numbered passages, each citation verified against them. The sources are exactly the passages
 * the model was sent. Without a single verified citation it is a refusal, whatever the model wrote, and the text ends by
 * saying that nothing backs it: `unsupported`, or `nothing-relevant` when the search had found nothing near either.
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
    spent?: TokenCounts | undefined;
  },
): Answer {
  const { spent = { promptTokens: 0, completionTokens: 0 } } = input;
  const { prompt, sent } = buildPrompt({ ...input, contextTokens: model.contextTokens });
  yield { type: 'search-end', sources: sent.map(toSource) };
  const citations = createCitationStream(sent.length, (reference, claim) => resolveReference(sent, reference, claim));
  const toStorable = createStorableText();
  let cited = false;
  let begun = false;
  for await (const step of streamWithRetries(model, prompt, input.signal)) {
    if (step.type !== 'text') {
      yield step.type === 'model-end' ? { ...step, ...addTokens(step, spent) } : step;
      continue;
    }
    if (!begun) yield { type: 'model-start', promptTokens: estimatePromptTokens(prompt) + totalOf(spent) };
    begun = true;
    for (const event of toEvents(citations.push(toStorable(step.text)))) {
      if (event.type === 'citation-add') cited = true;
      yield event;
    }
  }
  yield* toEvents(citations.end());
  if (!cited) yield { type: 'text-delta', text: uncitedNote };
  const refusal = input.relevant ? 'unsupported' : 'nothing-relevant';
  return { outcome: cited ? 'answered' : refusal, model: model.modelName };
}

function addTokens(a: TokenCounts, b: TokenCounts): TokenCounts {
  return {
    promptTokens: a.promptTokens + b.promptTokens,
    completionTokens: a.completionTokens + b.completionTokens,
  };
}

function totalOf({ promptTokens, completionTokens }: TokenCounts): number {
  return promptTokens + completionTokens;
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
