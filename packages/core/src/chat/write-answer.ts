import type { ChatModel } from '../ports.ts';
import type { Passage } from '../retrieval/passage.ts';
import type { Answer, AnswerEvent } from './answer-event.ts';
import { buildPrompt } from './build-prompt.ts';
import type { ChatTurn } from './chat-turn.ts';
import { type CitationPiece, createCitationStream } from './citation-stream.ts';
import { pickQuote } from './pick-quote.ts';
import { createStorableText } from './storable-text.ts';
import { streamWithRetries } from './stream-with-retries.ts';
import { toCitation, toSource } from './to-citation.ts';

/** Even one uncited word may be an invention, so every answer without a citation says that it stands on nothing. */
const uncitedNote = '\n\n*No passage of your documents was cited for this, so nothing backs it.*';

/**
 * An answer by the model from numbered passages, each citation tied to the sentence of its passage that supports it
 * best. The sources are exactly the passages the model was sent. Without a single citation the outcome is
 * `nothing-relevant`, whatever the model wrote, and the text ends by saying that nothing backs it.
 */
export async function* writeAnswer(
  model: ChatModel,
  input: { question: string; history: readonly ChatTurn[]; passages: readonly Passage[]; signal: AbortSignal },
): Answer {
  const { prompt, sent } = buildPrompt(input);
  yield { type: 'search-end', sources: sent.map(toSource) };
  const citations = createCitationStream(sent.length);
  const toStorable = createStorableText();
  let cited = false;
  for await (const step of streamWithRetries(model, prompt, input.signal)) {
    if (step.type === 'model-retry') {
      yield step;
      continue;
    }
    for (const event of toEvents(citations.push(toStorable(step.text)), sent)) {
      if (event.type === 'citation-add') cited = true;
      yield event;
    }
  }
  yield* toEvents(citations.end(), sent);
  if (!cited) yield { type: 'text-delta', text: uncitedNote };
  return { outcome: cited ? 'answered' : 'nothing-relevant', model: model.modelName };
}

type WrittenEvent = Extract<AnswerEvent, { type: 'citation-add' | 'text-delta' }>;

function toEvents(pieces: readonly CitationPiece[], sent: readonly Passage[]): WrittenEvent[] {
  return pieces.flatMap((piece): WrittenEvent[] => {
    if (piece.type === 'text') return [{ type: 'text-delta', text: piece.text }];
    const passage = sent[piece.passageNumber - 1];
    if (!passage) return [];
    return [{ type: 'citation-add', citation: toCitation(piece.number, passage, pickQuote(passage, piece.claim)) }];
  });
}
