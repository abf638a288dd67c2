import { setTimeout as sleep } from 'node:timers/promises';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import { runTurn, type Turn, type TurnAbort } from './run-turn.ts';

/** The answers being written by this process. */
export interface TurnRunner {
  /** Begins to write an answer in the background. */
  start(scope: TwinScope, turn: Turn): void;
  /** Stops an answer and waits until it is stored as stopped. False when this process is not writing it. */
  stop(scope: TwinScope, messageId: string): Promise<boolean>;
  /** Lets running answers finish for up to `timeoutMs`, then ends the rest as failed, keeping their text. */
  drain(timeoutMs: number): Promise<void>;
}

interface RunningTurn {
  twinId: number;
  control: AbortController;
  done: Promise<void>;
}

export function createTurnRunner(deps: Deps): TurnRunner {
  const running = new Map<string, RunningTurn>();

  async function abortAll(why: TurnAbort): Promise<void> {
    const turns = [...running.values()];
    for (const { control } of turns) control.abort(why);
    await Promise.all(turns.map(({ done }) => done));
  }

  return {
    start(scope, turn) {
      const control = new AbortController();
      const done = runTurn(deps, scope, turn, control).finally(() => running.delete(turn.messageId));
      running.set(turn.messageId, { twinId: scope.twinId, control, done });
    },
    async stop(scope, messageId) {
      const turn = running.get(messageId);
      if (turn?.twinId !== scope.twinId) return false;
      turn.control.abort('stop' satisfies TurnAbort);
      await turn.done;
      return true;
    },
    async drain(timeoutMs) {
      const waited = new AbortController();
      const finished = Promise.all([...running.values()].map(({ done }) => done));
      await Promise.race([finished, sleep(timeoutMs, undefined, { signal: waited.signal }).catch(() => undefined)]);
      waited.abort();
      await abortAll('shutdown');
    },
  };
}
