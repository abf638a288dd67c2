import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { problemOf, problemWords } from '../../problem.ts';
import { trpc } from '../../trpc.ts';
import { importPages, type PagesProgress } from './import-pages.ts';
import { endAdding, forgetPages, keepPages } from './kept-site.ts';
import { waitFor } from './wait-for.ts';

/** Takes in the pages of a site while it is shown. Leaving stops it, and what is left then is kept for later. */
export function useImportSite() {
  const queryClient = useQueryClient();
  const { mutateAsync } = useMutation(trpc.documents.importWebPage.mutationOptions());
  const [progress, setProgress] = useState<PagesProgress>();
  const [isRunning, setRunning] = useState(false);
  const stopping = useRef<AbortController>(undefined);
  const asked = useRef<readonly string[]>([]);
  const stop = () => {
    forgetPages(asked.current);
    stopping.current?.abort();
  };
  useEffect(() => () => stopping.current?.abort(), []);
  const start = async (addresses: readonly string[]) => {
    const { signal } = (stopping.current = new AbortController());
    setRunning(true);
    asked.current = addresses;
    keepPages(addresses);
    setProgress({ total: addresses.length, added: 0, same: 0, failed: [] });
    const { failed } = await importPages(addresses, {
      importPage: async (url) => {
        const { outcome } = await mutateAsync({ url });
        forgetPages([url]);
        return outcome;
      },
      problemOf: (error) => ({ message: problemWords(error), retryAfterMs: problemOf(error).retryAfterMs }),
      onProgress: setProgress,
      wait: (ms) => waitFor(ms, signal),
      signal,
    });
    // Those that failed have been told of by now.
    if (!signal.aborted) forgetPages(failed.map(({ address }) => address));
    endAdding();
    setRunning(false);
    await queryClient.invalidateQueries({ queryKey: trpc.documents.list.pathKey() });
    await queryClient.invalidateQueries({ queryKey: trpc.twin.status.queryKey() });
  };
  return { progress, isRunning, start, stop };
}
