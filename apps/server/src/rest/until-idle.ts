import { AppError } from '@twin/core/app-error';

/** How long a sender may send nothing. There is no limit for the whole: a large file over a slow line takes its hours. */
export const idleMsMax = 2 * 60_000;

/**
 * What is sent, as long as it goes on arriving. Time in which nobody asks for more, because the database is slow, is not
 * the sender's.
 * @throws AppError `too-late` with reason `upload-idle` when nothing has come for `msMax`.
 */
export async function* untilIdle(
  content: AsyncIterable<Uint8Array>,
  { fileName, msMax, onIdle }: { fileName: string; msMax: number; onIdle?: () => void },
): AsyncGenerator<Uint8Array> {
  const parts = content[Symbol.asyncIterator]();
  let isIdle = false;
  try {
    for (;;) {
      const { promise: idle, reject } = Promise.withResolvers<never>();
      const timer = setTimeout(() => {
        isIdle = true;
        onIdle?.();
        reject(stoppedArriving(fileName, msMax));
      }, msMax);
      const part = await Promise.race([parts.next(), idle]).finally(() => clearTimeout(timer));
      if (part.done === true) return;
      yield part.value;
    }
  } finally {
    // The part that is due never comes, and with it would not come the end.
    if (!isIdle) await parts.return?.();
  }
}

function stoppedArriving(fileName: string, msMax: number): AppError {
  const message =
    `“${fileName}” stopped arriving: for ${msMax / 1000} s, which is the limit, nothing came. ` +
    'Check the connection, and send it again.';
  return new AppError('too-late', message, { reason: 'upload-idle' });
}
