import { Worker } from 'node:worker_threads';
import { AppError } from '@twin/core/app-error';

/** What the thread of a model answers to each call. */
export type LaneReply<Output> = { output: Output } | { error: string };

export interface ModelLane<Input, Output> {
  /** @throws AppError of `failed`, or `canceled` when the signal aborts before it is answered. */
  run(input: Input, options: { isUrgent: boolean; signal: AbortSignal | undefined }): Promise<Output>;
}

interface Call<Input, Output> {
  input: Input;
  signal: AbortSignal | undefined;
  settle: PromiseWithResolvers<Output>;
}

/**
 * One thread that a model runs in, and the calls that wait for it: urgent ones before patient ones, each in order. The thread
 * starts with the first call and, idle, keeps no process alive. One that dies takes its call with it; the next starts another.
 *
 * @param options.program calls `answerCalls`.
 * @param options.failed makes the error of a call that the model could not answer.
 */
export function createModelLane<Input, Output>(options: {
  program: URL;
  workerData: unknown;
  failed: (reason: string) => AppError;
}): ModelLane<Input, Output> {
  const urgent: Call<Input, Output>[] = [];
  const patient: Call<Input, Output>[] = [];
  let worker: Worker | undefined;
  let current: Call<Input, Output> | undefined;

  function start(): Worker {
    const started = new Worker(options.program, { workerData: options.workerData });
    started.on('message', (reply: LaneReply<Output>) => {
      if ('output' in reply) current?.settle.resolve(reply.output);
      else current?.settle.reject(options.failed(reply.error));
      next();
    });
    started.on('error', (error) => lose(started, error.message));
    started.on('exit', () => lose(started, 'its thread ended'));
    return started;
  }

  function lose(dead: Worker, reason: string): void {
    if (worker !== dead) return;
    worker = undefined;
    current?.settle.reject(options.failed(reason));
    next();
  }

  function next(): void {
    current = urgent.shift() ?? patient.shift();
    if (current === undefined) {
      worker?.unref();
      return;
    }
    if (current.signal?.aborted === true) {
      current.settle.reject(canceled(current.signal));
      next();
      return;
    }
    worker ??= start();
    worker.ref();
    worker.postMessage(current.input);
  }

  return {
    async run(input, { isUrgent, signal }) {
      if (signal?.aborted === true) throw canceled(signal);
      const settle = Promise.withResolvers<Output>();
      (isUrgent ? urgent : patient).push({ input, signal, settle });
      if (current === undefined) next();
      // Whoever leaves waits no longer; its turn is passed over when it comes.
      const leave = () => settle.reject(canceled(signal));
      signal?.addEventListener('abort', leave, { once: true });
      try {
        return await settle.promise;
      } finally {
        signal?.removeEventListener('abort', leave);
      }
    },
  };
}

function canceled(signal: AbortSignal | undefined): AppError {
  return new AppError('canceled', 'The request was canceled.', { cause: signal?.reason });
}
