import { MessagesSquare } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '../../components/button.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { ThemeMenu } from '../../components/theme-menu.tsx';
import { TwinMark } from '../../components/twin-mark.tsx';
import type { PublicFace } from '../../views.ts';
import { ChatTranscript } from '../chat/chat-transcript.tsx';
import { rememberOpener } from '../chat/citation-opener.ts';
import { SourcePanel } from '../chat/source-panel.tsx';
import { isNamed } from '../persona/greeting.ts';
import { findKept } from './as-message.ts';
import { useVisitorChat } from './use-visitor-chat.ts';
import { VisitorAskArea } from './visitor-ask-area.tsx';
import { VisitorConversations } from './visitor-conversations.tsx';
import { VisitorWelcome } from './visitor-welcome.tsx';

export interface VisitorChatScreenProps {
  twin: PublicFace;
  conversationId: string | undefined;
  /** Undefined for a new one. */
  onConversation: (id: string | undefined) => Promise<void>;
  /** All that was kept has been deleted. */
  onLeft: () => void;
  cite: string | undefined;
  onCite: (address: string | undefined) => void;
}

export function VisitorChatScreen(props: VisitorChatScreenProps) {
  const { twin, conversationId, onConversation, onLeft, cite, onCite } = props;
  const chat = useVisitorChat(conversationId, onConversation);
  const isNew = conversationId === undefined && chat.pending === null;
  const name = isNamed(twin) ? `${twin.name.trim()}’s twin` : 'Digital Twin';

  function openCitation(address: string) {
    rememberOpener();
    onCite(address);
  }

  return (
    <div className="flex min-h-0 flex-1 flex-col print:block">
      <PageTitle title={chat.title ?? name} />
      <VisitorHeader name={name} conversationId={conversationId} onConversation={onConversation} onLeft={onLeft} />
      <div className="flex min-h-0 flex-1 print:block">
        <main id="content" tabIndex={-1} className="flex min-w-0 flex-1 flex-col outline-none print:block">
          {isNew && <VisitorWelcome twin={twin} onAsk={chat.send} />}
          {!isNew && chat.isGone && (
            <div className="min-h-0 flex-1 overflow-y-auto p-6">
              <p className="mx-auto w-full max-w-measure leading-relaxed text-soft">
                This conversation is not here. It was deleted, or it is somebody else’s.
              </p>
            </div>
          )}
          {!isNew && !chat.isGone && (
            <ChatTranscript chat={chat} cite={cite} readyDocuments={undefined} onOpenCitation={openCitation} />
          )}
          {twin.hasDocuments && !chat.isGone && (
            <VisitorAskArea chat={chat} conversationId={conversationId} charactersMax={twin.questionCharactersMax} />
          )}
        </main>
        <SourcePanel
          address={cite}
          passage={cite === undefined || chat.isLoading ? undefined : (findKept(chat.kept, cite) ?? null)}
          onClose={() => onCite(undefined)}
        />
      </div>
    </div>
  );
}

interface VisitorHeaderProps extends Pick<VisitorChatScreenProps, 'conversationId' | 'onConversation' | 'onLeft'> {
  name: string;
}

function VisitorHeader({ name, ...chat }: VisitorHeaderProps) {
  const [isListOpen, setListOpen] = useState(false);
  return (
    <header className="flex h-14 shrink-0 items-center gap-2.5 px-3 sm:px-5">
      <TwinMark className="size-6 shrink-0" />
      <p className="min-w-0 flex-1 truncate font-voice text-lg font-semibold tracking-tight">{name}</p>
      <IconButton label="Your conversations" onClick={() => setListOpen(true)}>
        <MessagesSquare aria-hidden className="size-5" />
      </IconButton>
      <ThemeMenu />
      <VisitorConversations open={isListOpen} onOpenChange={setListOpen} {...chat} />
    </header>
  );
}
