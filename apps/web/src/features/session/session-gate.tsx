import { useQuery } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense } from 'react';
import { TwinMark } from '../../components/twin-mark.tsx';
import { problemOf } from '../../problem.ts';
import { sessionQuery } from './session.ts';

const SignedOut = lazy(() => import('./signed-out.tsx'));

/** Shows the app to whom the server lets in, and the door to everybody else. */
export function SessionGate({ children }: { children: ReactNode }) {
  const session = useQuery(sessionQuery);
  if (session.data === undefined) {
    return <Waiting problem={session.isError ? problemOf(session.error).message : null} />;
  }
  if (session.data.access === 'signed-out') {
    return (
      <Suspense fallback={<Waiting problem={null} />}>
        <SignedOut needsOwner={session.data.needsOwner} />
      </Suspense>
    );
  }
  return children;
}

function Waiting({ problem }: { problem: string | null }) {
  return (
    <main className="grid min-h-0 flex-1 place-items-center p-6">
      <div className="flex max-w-sm flex-col items-center gap-4 text-center">
        <TwinMark className="size-10 animate-breathe" />
        {problem !== null && <p className="text-soft">{problem}</p>}
      </div>
    </main>
  );
}
