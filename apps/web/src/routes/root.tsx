import { Outlet, useLocation } from '@tanstack/react-router';
import { Announcer } from '../components/announcer.tsx';
import { Toaster } from '../components/toaster.tsx';
import { ConnectionBanner } from '../features/connection/connection-banner.tsx';
import { SessionGate } from '../features/session/session-gate.tsx';
import { Shell } from './shell.tsx';

export function Root() {
  // Visitors have no account, and nothing of the owner's around them.
  const isVisit = useLocation().pathname === '/visit';
  return (
    <div className="relative flex h-dvh flex-col overflow-clip print:block print:h-auto print:overflow-visible">
      <ConnectionBanner />
      {isVisit ? (
        <Outlet />
      ) : (
        <SessionGate>
          <Shell />
        </SessionGate>
      )}
      <Announcer />
      <Toaster />
    </div>
  );
}
