import { describe, expect, it } from 'vitest';
import type { ChatEvent, Citation, MessageView } from '../../views.ts';
import { type AnswerProgress, applyEvent, startProgress } from './answer-progress.ts';

const running: MessageView = {
  id: 'm1',
  conversationId: 'c1',
  role: 'assistant',
  state: 'running',
  text: 'half of it was stored',
  outcome: null,
  citations: [],
  unsupported: [],
  sources: [],
  error: null,
  model: null,
  scope: null,
  usage: null,
  fromCache: false,
  modelSkipped: null,
  endedAt: null,
  createdAt: '2026-11-22T00:00:00.000Z',
};

const citation = { number: 1, documentTitle: 'Lease', quote: 'The rent is due' } as Citation;

const events: ChatEvent[] = [
  { type: 'search-start', documentCount: 3 },
  { type: 'search-end', sources: [] },
  { type: 'citation-add', citation },
  { type: 'text-delta', text: 'The rent is due ' },
  { type: 'text-delta', text: 'on Monday. [1]' },
];

function play(progress: AnswerProgress, from = 0): AnswerProgress {
  return events.slice(from).reduce((state, event, index) => applyEvent(state, from + index + 1, event), progress);
}

describe('an answer in progress', () => {
  it('is the text of all deltas in order, and nothing of what was stored before the replay', () => {
    expect(play(startProgress(running)).message.text).toBe('The rent is due on Monday. [1]');
  });

  it('counts every event once when the stream is replayed from its start', () => {
    const once = play(startProgress(running));
    expect(play(once)).toBe(once);
  });

  it('goes on where it stopped when the replay overlaps', () => {
    const cut = applyEvent(startProgress(running), 1, events[0]!);
    expect(play(play(cut, 1), 2).message).toEqual(play(startProgress(running)).message);
  });

  it('becomes the stored message at its end', () => {
    const stored: MessageView = {
      ...running,
      state: 'done',
      text: 'The rent is due on Monday. [1]',
      citations: [citation],
    };
    const over = applyEvent(play(startProgress(running)), 6, { type: 'answer-end', message: stored });
    expect(over.message).toBe(stored);
    expect(over.step).toBe('over');
  });

  it('drops the retry notice as soon as text arrives', () => {
    const waiting = applyEvent(startProgress(running), 1, { type: 'model-retry', waitMs: 2000, reason: 'busy' });
    expect(waiting.retry).not.toBeNull();
    expect(applyEvent(waiting, 2, { type: 'text-delta', text: 'Now' }).retry).toBeNull();
  });
});
