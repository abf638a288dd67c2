export type PageOutcome = 'created' | 'replaced' | 'duplicate';

export interface PagesProgress {
  total: number;
  added: number;
  /** Here already, and not changed. */
  same: number;
  failed: { address: string; message: string }[];
}

interface ImportPages {
  importPage(address: string): Promise<PageOutcome>;
  /** What went wrong, in words, and when the site or this server wants to be asked again. */
  problemOf(error: unknown): { message: string; retryAfterMs: number | null };
  onProgress(progress: PagesProgress): void;
  /** Ends early, without an error, when aborted. */
  wait(ms: number): Promise<void>;
  signal: AbortSignal;
}

/** A site of strangers is asked for two pages at a time, with a pause before each. */
const AT_ONCE = 2;
const PAUSE_MS = 500;
/** Who asks to wait for longer is not waited for. */
const WAIT_MS_MAX = 2 * 60_000;

/** Takes in pages one by one. One that fails is told of and the others go on; one that asks to wait is asked once more. */
export async function importPages(addresses: readonly string[], how: ImportPages): Promise<PagesProgress> {
  let progress: PagesProgress = { total: addresses.length, added: 0, same: 0, failed: [] };
  const tell = (change: Partial<PagesProgress>) => {
    progress = { ...progress, ...change };
    how.onProgress(progress);
  };
  const waiting = addresses.values();
  const work = async () => {
    for (const address of waiting) {
      await how.wait(PAUSE_MS);
      if (how.signal.aborted) return;
      try {
        const outcome = await importPatiently(address, how);
        tell(outcome === 'duplicate' ? { same: progress.same + 1 } : { added: progress.added + 1 });
      } catch (error) {
        tell({ failed: [...progress.failed, { address, message: how.problemOf(error).message }] });
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return progress;
}

async function importPatiently(address: string, how: ImportPages): Promise<PageOutcome> {
  try {
    return await how.importPage(address);
  } catch (error) {
    const { retryAfterMs } = how.problemOf(error);
    if (retryAfterMs === null || retryAfterMs > WAIT_MS_MAX) throw error;
    await how.wait(retryAfterMs);
    if (how.signal.aborted) throw error;
    return await how.importPage(address);
  }
}
