import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { problemOf } from '../../problem.ts';
import { trpc } from '../../trpc.ts';
import { importPages, type PagesProgress } from './import-pages.ts';
import { waitFor } from './wait-for.ts';

/** Takes in the pages of a site while it is shown; leaving stops it. */
export function useImportSite() {
  const queryClient = useQueryClient();
  const { mutateAsync } = useMutation(trpc.documents.importWebPage.mutationOptions());
  const [progress, setProgress] = useState<PagesProgress>();
  const [isRunning, setRunning] = useState(false);
  const stopping = useRef<AbortController>(undefined);
  const stop = () => stopping.current?.abort();
  useEffect(() => () => stopping.current?.abort(), []);
  const start = async (addresses: readonly string[]) => {
    const { signal } = (stopping.current = new AbortController());
    setRunning(true);
    setProgress({ total: addresses.length, added: 0, same: 0, failed: [] });
    await importPages(addresses, {
      importPage: async (url) => (await mutateAsync({ url })).outcome,
      problemOf,
      onProgress: setProgress,
      wait: (ms) => waitFor(ms, signal),
      signal,
    });
    setRunning(false);
    await queryClient.invalidateQueries({ queryKey: trpc.documents.list.pathKey() });
    await queryClient.invalidateQueries({ queryKey: trpc.twin.status.queryKey() });
  };
  return { progress, isRunning, start, stop };
}
