import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import { type Problem, problemOf } from '../../problem.ts';
import { trpc } from '../../trpc.ts';
import type { PublicFace } from '../../views.ts';
import { request, sessionQuery } from '../session/session.ts';

/** So often a page that is open asks whether its link still works. */
const lookMs = 60_000;

export type Entry =
  | { state: 'opening' }
  | { state: 'open'; twin: PublicFace }
  /** There is no link in the address, and no cookie of one: or its link has ended. */
  | { state: 'no-link'; wasOpen: boolean }
  | { state: 'owner' }
  /** All that was kept of whoever was here is gone, the cookie too. */
  | { state: 'left' }
  | { state: 'refused'; problem: Problem; retry: () => void };

/**
 * Lets a visitor in: the token of the address, if there is one, for a cookie, and then the twin.
 * @param onEntered called when the token has been used, to take it out of the address.
 */
export function useEntry(token: string, hasLeft: boolean, onEntered: () => void): Entry {
  const queryClient = useQueryClient();
  const hasToken = token !== '';
  const opening = useQuery({
    queryKey: ['visit', token],
    queryFn: async () => {
      // The server would refuse, as it is to tell visitors from their host.
      if ((await queryClient.fetchQuery({ ...sessionQuery, staleTime: 0 })).access === 'owner') return 'owner';
      await request('/api/visit', { token });
      // Of whoever this browser was before.
      queryClient.removeQueries({ queryKey: trpc.visitor.pathKey() });
      return 'visitor';
    },
    enabled: hasToken,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const isUsed = hasToken && opening.data === 'visitor';
  const entered = useEffectEvent(onEntered);
  useEffect(() => {
    if (isUsed) entered();
  }, [isUsed]);

  const twin = useQuery(
    trpc.visitor.twin.queryOptions(undefined, {
      enabled: !hasToken && !hasLeft,
      refetchInterval: lookMs,
      staleTime: 0,
    }),
  );
  if (hasToken) {
    if (opening.data === 'owner') return { state: 'owner' };
    if (!opening.isError) return { state: 'opening' };
    return { state: 'refused', problem: problemOf(opening.error), retry: () => void opening.refetch() };
  }
  if (hasLeft) return { state: 'left' };
  if (twin.isError) {
    const problem = problemOf(twin.error);
    if (problem.code === 'unauthenticated') return { state: 'no-link', wasOpen: twin.data !== undefined };
    if (problem.code === 'forbidden') return { state: 'owner' };
    if (twin.data === undefined) return { state: 'refused', problem, retry: () => void twin.refetch() };
  }
  return twin.data === undefined ? { state: 'opening' } : { state: 'open', twin: twin.data };
}
