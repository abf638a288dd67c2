import { useQuery } from '@tanstack/react-query';
import { LockKeyhole, LogOut, UserRound } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { notifyProblem } from '../../components/toaster.tsx';
import { sessionQuery, signOut } from './session.ts';
import { useSessionAction } from './use-session-action.ts';

/** Says who can reach this twin: only this computer, or the owner who is signed in. */
export function AccessBadge() {
  const session = useQuery(sessionQuery);
  if (session.data?.access === 'owner') {
    return <OwnerBadge name={session.data.user?.name ?? 'Owner'} />;
  }
  if (session.data?.access !== 'local') {
    return null;
  }
  return (
    <p className="flex min-w-0 items-center gap-2 text-sm text-muted">
      <LockKeyhole aria-hidden className="size-4 shrink-0 text-accent" />
      <span className="truncate">
        <span className="max-sm:sr-only">No account needed. </span>Only this computer
        <span className="max-[22.5rem]:sr-only"> can reach it</span>
      </span>
    </p>
  );
}

function OwnerBadge({ name }: { name: string }) {
  const action = useSessionAction(signOut);
  return (
    <div className="flex min-w-0 items-center gap-3 text-sm text-muted">
      <p className="flex min-w-0 items-center gap-2">
        <UserRound aria-hidden className="size-4 shrink-0 text-accent" />
        <span className="truncate">
          Signed in as <span className="font-medium text-ink">{name}</span>
        </span>
      </p>
      <Button
        look="quiet"
        size="small"
        disabled={action.isPending}
        onClick={() => action.mutate(undefined, { onError: (error) => notifyProblem('Signing out failed', error) })}
      >
        <LogOut aria-hidden className="size-4" />
        Sign out
      </Button>
    </div>
  );
}
