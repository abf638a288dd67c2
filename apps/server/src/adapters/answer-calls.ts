import { parentPort } from 'node:worker_threads';
import type { LaneReply } from './model-lane.ts';

/** What a model makes of one call. */
type Answer<Input, Output> = (input: Input) => Promise<Output>;

/** In the thread of a model lane: posts what `answer` makes of each call, or why it could not. */
export function answerCalls<Input, Output>(answer: Answer<Input, Output>): void {
  const reply = (of: LaneReply<Output>) => parentPort?.postMessage(of);
  parentPort?.on('message', (input: Input) => {
    void answer(input).then(
      (output) => reply({ output }),
      (error: unknown) => reply({ error: error instanceof Error ? error.message : String(error) }),
    );
  });
}
