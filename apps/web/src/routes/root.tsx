import { Announcer } from '../components/announcer.tsx';
import { Toaster } from '../components/toaster.tsx';
import { ConnectionBanner } from '../features/connection/connection-banner.tsx';
import { SessionGate } from '../features/session/session-gate.tsx';
import { Shell } from './shell.tsx';

export function Root() {
  return (
    <div className="relative flex h-dvh flex-col overflow-clip">
      <ConnectionBanner />
      <SessionGate>
        <Shell />
      </SessionGate>
      <Announcer />
      <Toaster />
    </div>
  );
}
