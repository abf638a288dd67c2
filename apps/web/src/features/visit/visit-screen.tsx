import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { Button, buttonClasses } from '../../components/button.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { TwinMark } from '../../components/twin-mark.tsx';
import { useCountdown } from '../../components/use-countdown.ts';
import { formatWait } from '../../format.ts';
import type { Problem } from '../../problem.ts';
import { AudienceOfChat } from '../chat/audience.ts';
import { useEntry } from './use-entry.ts';
import { VisitorChatScreen, type VisitorChatScreenProps } from './visitor-chat-screen.tsx';

interface VisitScreenProps extends Omit<VisitorChatScreenProps, 'twin' | 'onLeft'> {
  /** What stands behind the `#` of the address. */
  token: string;
  onEntered: () => void;
}

/** The twin as visitors have it: a conversation, or in plain words why there is none. */
export function VisitScreen({ token, onEntered, ...chat }: VisitScreenProps) {
  const [hasLeft, setLeft] = useState(false);
  const entry = useEntry(token, hasLeft, () => {
    setLeft(false);
    onEntered();
  });
  switch (entry.state) {
    case 'opening':
      return (
        <Door title="Opening">
          <output className="text-soft">Opening the conversation…</output>
        </Door>
      );
    case 'open':
      return (
        <AudienceOfChat value="visitor">
          <VisitorChatScreen {...chat} twin={entry.twin} onLeft={() => setLeft(true)} />
        </AudienceOfChat>
      );
    case 'no-link':
      return entry.wasOpen ? (
        <Door title="This link no longer works">Its owner has revoked it, or it has expired. Ask for a new one.</Door>
      ) : (
        <Door title="Open the link you were sent">
          This page opens with a link from the twin’s owner. Yours may have been cut short, or it no longer works: ask
          for a new one.
        </Door>
      );
    case 'left':
      return (
        <Door title="Everything was deleted">
          Nothing is kept of you here, and this browser is let in no more. To ask again, open your link once more.
        </Door>
      );
    case 'owner':
      return (
        <Door
          title="You are the owner"
          action={
            <Link to="/" className={buttonClasses('solid')}>
              Go to your twin
            </Link>
          }
        >
          This page is for visitors. To see what they see, open the link in a private window or another browser.
        </Door>
      );
    case 'refused':
      return <Refused problem={entry.problem} onRetry={entry.retry} />;
  }
}

const titles: Record<string, string> = {
  forbidden: 'This link no longer works',
  'not-found': 'This link is not known here',
};

/** Where the server speaks of addresses, as one without links does. */
const words: Record<string, string> = {
  'not-found': 'It may have been cut short on its way to you. Open it again as it was sent, or ask for a new one.',
};

function Refused({ problem, onRetry }: { problem: Problem; onRetry: () => void }) {
  const { code, message, retryAfterMs } = problem;
  const isFinal = titles[code] !== undefined;
  return (
    <Door
      title={titles[code] ?? 'The conversation could not be opened'}
      action={!isFinal && <RetryButton key={message} waitMs={retryAfterMs} onRetry={onRetry} />}
    >
      {words[code] ?? message}
    </Door>
  );
}

function RetryButton({ waitMs, onRetry }: { waitMs: number | null; onRetry: () => void }) {
  const leftMs = useCountdown(useUntil(waitMs));
  return (
    <Button look="solid" disabled={leftMs > 0} onClick={onRetry}>
      {leftMs > 0 ? `Try again in ${formatWait(leftMs)}` : 'Try again'}
    </Button>
  );
}

function useUntil(waitMs: number | null): number | null {
  const [until] = useState(() => (waitMs === null ? null : Date.now() + waitMs));
  return until;
}

interface DoorProps {
  title: string;
  action?: ReactNode;
  children: ReactNode;
}

function Door({ title, action, children }: DoorProps) {
  return (
    <main className="grid min-h-0 flex-1 place-items-center overflow-y-auto p-6">
      <PageTitle title={title} />
      <div className="w-full max-w-md">
        <TwinMark className="mb-6 size-10" />
        <h1 className="font-voice text-3xl font-semibold tracking-tight text-balance">{title}</h1>
        <div role="status" className="mt-3 leading-relaxed text-soft">
          {children}
        </div>
        {action !== undefined && action !== false && <div className="mt-6">{action}</div>}
      </div>
    </main>
  );
}
