import type { TestDatabase } from '@twin/db/testing/create-test-database';
import type { ChatEvent } from '../chat/chat-event.ts';
import { getConversation } from '../chat/get-conversation.ts';
import type { MessageView } from '../chat/message-view.ts';
import { type StartedTurn, startTurn } from '../chat/start-turn.ts';
import { createTurnRunner, type TurnRunner } from '../chat/turn-runner.ts';
import { watchTurn } from '../chat/watch-turn.ts';
import type { Deps } from '../deps.ts';
import { createTestDeps } from './create-test-deps.ts';
import { ownerOf } from './owner-of.ts';
import { createScriptedModel, type ModelStep, type ScriptedModel } from './scripted-model.ts';

export interface WatchedTurn {
  events: { sequence: number; event: ChatEvent }[];
  /** The message of `answer-end`; undefined when the watch ended without one. */
  message: MessageView | undefined;
}

/** What one server process does with chats. Several share a database and hear nothing of each other in memory. */
export interface ChatProcess {
  deps: Deps;
  turns: TurnRunner;
  model: ScriptedModel;
  ask: (text: string, conversationId?: string) => Promise<StartedTurn>;
  watch: (messageId: string, afterSequence?: number, signal?: AbortSignal) => Promise<WatchedTurn>;
  /** Resolves when some text of the answer is in the log. */
  untilText: (messageId: string) => Promise<void>;
  storedAnswer: (started: StartedTurn) => Promise<MessageView | undefined>;
}

const never = new AbortController().signal;

/** Without steps there is no chat model: answers are quoted. */
export function openChatProcess(database: TestDatabase, steps?: readonly ModelStep[]): ChatProcess {
  const { scope } = database;
  const model = createScriptedModel(steps ?? []);
  const deps = createTestDeps(database, { chatModel: steps && model });
  const turns = createTurnRunner(deps);
  const owner = ownerOf(scope);
  return {
    deps,
    turns,
    model,
    ask: (text, conversationId) =>
      startTurn(deps, turns, owner, conversationId === undefined ? { text } : { text, conversationId }),
    async watch(messageId, afterSequence = 0, signal = never) {
      const events: WatchedTurn['events'] = [];
      for await (const step of watchTurn(deps, owner, { messageId, afterSequence }, signal)) events.push(step);
      const last = events.at(-1)?.event;
      return { events, message: last?.type === 'answer-end' ? last.message : undefined };
    },
    async untilText(messageId) {
      for await (const { event } of watchTurn(deps, owner, { messageId, afterSequence: 0 }, never)) {
        if (event.type === 'text-delta') return;
      }
    },
    async storedAnswer({ conversationId, messageId }) {
      const { messages } = await getConversation(deps, owner, conversationId);
      return messages.find(({ id }) => id === messageId);
    },
  };
}
