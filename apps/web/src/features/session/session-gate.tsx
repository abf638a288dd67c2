import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useEffect } from 'react';
import { LoadProblem } from '../../components/load-problem.tsx';
import { TwinMark } from '../../components/twin-mark.tsx';
import { leaveNothing, onSignedOutElsewhere, sessionQuery } from './session.ts';

const SignedOut = lazy(() => import('./signed-out.tsx'));

/** Shows the app to whom the server lets in, and the door to everybody else. */
export function SessionGate({ children }: { children: ReactNode }) {
  const session = useQuery(sessionQuery);
  const queryClient = useQueryClient();
  useEffect(() => onSignedOutElsewhere(() => void queryClient.resetQueries()), [queryClient]);
  const isSignedOut = session.data?.access === 'signed-out';
  useEffect(() => {
    if (isSignedOut) leaveNothing();
  }, [isSignedOut]);
  if (session.data === undefined) {
    return <Waiting>{session.isError && <LoadProblem query={session} />}</Waiting>;
  }
  if (session.data.access === 'signed-out') {
    return (
      <Suspense fallback={<Waiting />}>
        <SignedOut needsOwner={session.data.needsOwner} />
      </Suspense>
    );
  }
  return children;
}

function Waiting({ children }: { children?: ReactNode }) {
  return (
    <main className="grid min-h-0 flex-1 place-items-center p-6">
      <div className="flex w-full max-w-sm flex-col items-center gap-6">
        <TwinMark className="size-10 animate-breathe" />
        {children}
      </div>
    </main>
  );
}
